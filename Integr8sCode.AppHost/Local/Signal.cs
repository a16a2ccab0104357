namespace Integr8sCode.Local;

/// <summary>Linux' signal numbers.</summary>
internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    ChildChanged = 17,
    Continue = 18,
    Stop = 19,
    WindowChanged = 28,
}
