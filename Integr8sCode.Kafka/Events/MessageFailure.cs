using Integr8sCode.DeadLetters;

namespace Integr8sCode.Events;

/// <summary>Why a message was not handled. Only a failure of the handler may pass on another try.</summary>
internal sealed record MessageFailure(DeadLetterStage Stage, Exception Exception, Event? Message)
{
    public bool IsPermanent => Stage is not DeadLetterStage.Handle;
}
