import { colourOf } from './colours.js';

const errorColour = '#e5484d';
const smallestDrag = 4;

/** The whole trace in small; dragging over it chooses the part of the time that the waterfall shows. */
export class Overview {
  #canvas;
  #rows = [];
  #whole;
  #view;
  #drag = null;

  constructor(canvas, onchoose) {
    this.#canvas = canvas;
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      this.#drag = { from: event.offsetX, to: event.offsetX };
    });
    canvas.addEventListener('pointermove', event => {
      if (!this.#drag) return;
      this.#drag.to = event.offsetX;
      this.#draw();
    });
    canvas.addEventListener('pointerup', () => {
      const { from, to } = this.#drag ?? { from: 0, to: 0 };
      this.#drag = null;
      if (Math.abs(to - from) >= smallestDrag) onchoose(this.#timesAt(Math.min(from, to), Math.max(from, to)));
      this.#draw();
    });
    canvas.addEventListener('dblclick', () => onchoose(this.#whole));
    addEventListener('resize', () => this.#draw());
  }

  show({ rows, whole, view }) {
    [this.#rows, this.#whole, this.#view] = [rows, whole, view];
    this.#draw();
  }

  #timesAt(left, right) {
    const { from, to } = this.#whole;
    const at = x => from + (to - from) * Math.min(1, Math.max(0, x / this.#canvas.clientWidth));
    return { from: at(left), to: Math.max(at(right), at(left) + 1) };
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const scale = devicePixelRatio;
    [this.#canvas.width, this.#canvas.height] = [width * scale, height * scale];
    const context = this.#canvas.getContext('2d');
    context.scale(scale, scale);
    const { from, to } = this.#whole;
    const x = us => width * (us - from) / Math.max(1, to - from);
    const step = (height - 4) / Math.max(12, this.#rows.length);
    this.#rows.forEach((node, i) => {
      context.fillStyle = node.error ? errorColour : colourOf(node.service);
      context.fillRect(x(node.start), 2 + i * step, Math.max(1, x(node.end) - x(node.start)), Math.max(1, Math.min(4, step - 0.5)));
    });
    const [left, right] = this.#drag
      ? [Math.min(this.#drag.from, this.#drag.to), Math.max(this.#drag.from, this.#drag.to)]
      : [x(this.#view.from), x(this.#view.to)];
    context.fillStyle = 'rgba(128, 136, 150, 0.35)';
    context.fillRect(0, 0, left, height);
    context.fillRect(right, 0, width - right, height);
  }
}
