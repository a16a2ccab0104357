namespace Integr8sCode.Events;

public enum RecordingOrder { OldestFirst, NewestFirst }
