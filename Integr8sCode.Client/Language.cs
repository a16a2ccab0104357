namespace Integr8sCode.Client;

/// <summary>A language of the installation.</summary>
/// <param name="Name">As <see cref="Submission.Language"/> takes it.</param>
/// <param name="Version">Of the interpreter or compiler.</param>
/// <param name="Available">True while a worker that runs it is alive; otherwise scripts wait for one.</param>
/// <param name="FileName">The name under which scripts are stored; its extension is the language's.</param>
/// <param name="Example">A script to try.</param>
public sealed record Language(string Name, string Version, bool Available, string FileName, string Example);
