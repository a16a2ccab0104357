namespace Integr8sCode.Client;

/// <summary>How long a client goes on when the installation is busy (429), away (503) or cannot be reached.</summary>
public sealed record Integr8sClientOptions
{
    /// <summary>How often a request is sent at most, from 1 (never again) to 20. Default 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of these bounds.</exception>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 20);
            field = value;
        }
    } = 5;

    /// <summary>Pause before the second attempt where the answer names none; it doubles with each further one. Default 0.5 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public TimeSpan FirstPause
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest pause. An answer whose Retry-After is longer is not waited for, but given to the caller. Default 1 min, at most 1 h.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of these bounds.</exception>
    public TimeSpan MaxPause
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1));
            field = value;
        }
    } = TimeSpan.FromMinutes(1);

    /// <summary>Whose time the pauses are. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
