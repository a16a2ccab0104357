const strings = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const backticks = String.raw`\`(?:[^\`\\]|\\.)*\``;
const hash = '#[^\\n]*';
const slashes = String.raw`//[^\n]*|/\*[\s\S]*?(?:\*/|$)`;
const c = 'auto break case char class const constexpr continue default delete do double else enum extern float for if include inline int long namespace new nullptr operator private protected public return short signed sizeof static struct switch template this throw try typedef typename union unsigned using virtual void volatile while';

const languages = {
  python: rule(hash, String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|${strings}`, 'and as assert async await break class continue def del elif else except False finally for from global if import in is lambda match case None nonlocal not or pass raise return True try while with yield'),
  bash: rule('(?<=^|\\s)#[^\\n]*', String.raw`"(?:[^"\\]|\\.)*"|'[^']*'`, 'case do done elif else esac export fi for function if in local readonly return select then until while'),
  node: rule(slashes, `${strings}|${backticks}`, 'async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while yield'),
  perl: rule(hash, strings, 'and else elsif eq for foreach if last local my ne next not or our package print return say sub undef unless until use while'),
  ruby: rule(hash, strings, 'and begin break case class def do else elsif end ensure false for if in loop module next nil not or puts raise require rescue return self super then true unless until when while yield'),
  php: rule(`${hash}|${slashes}`, strings, 'array as break case catch class const continue echo else elseif extends false final for foreach function if implements interface match namespace new null private protected public return static switch this throw true try use while'),
  lua: rule('--[^\\n]*', strings, 'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'),
  go: rule(slashes, `${strings}|${backticks}`, 'break case chan const continue default defer else fallthrough false for func go goto if import interface map nil package range return select struct switch true type var'),
  c: rule(slashes, strings, c),
  'c++': rule(slashes, strings, c),
};

/** { comment: [[from, to], ...], string, number, word }: where in the text each kind stands. */
export function kindsOf(text, language) {
  const found = { comment: [], string: [], number: [], word: [] };
  for (const match of language in languages ? text.matchAll(languages[language]) : []) {
    const kind = Object.keys(found).find(name => match.groups[name] !== undefined);
    found[kind].push([match.index, match.index + match[0].length]);
  }
  return found;
}

function rule(comment, string, words) {
  return new RegExp(`(?<comment>${comment})|(?<string>${string})|(?<number>\\b\\d[\\w.]*)|(?<word>\\b(?:${words.replaceAll(' ', '|')})\\b)`, 'gm');
}
