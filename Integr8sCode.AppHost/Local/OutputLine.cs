namespace Integr8sCode.Local;

/// <summary>Receives each line that a service prints, and what the platform itself has to say about it; from any thread.</summary>
internal delegate void OutputLine(string service, string line);
