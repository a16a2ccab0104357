namespace Integr8sCode.Sandboxing;

/// <summary>What stands ready when a script comes.</summary>
internal enum Preparation
{
    /// <summary>The sandbox, and in it the interpreter where it can be parked.</summary>
    Interpreter,

    /// <summary>The sandbox.</summary>
    Sandbox,

    /// <summary>Nothing: the sandbox is built from nothing, and its process moved into a control group.</summary>
    None,
}
