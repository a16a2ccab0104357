namespace Integr8sCode.Notifications;

/// <summary>At most <paramref name="Max"/> notifications within any stretch of <paramref name="WindowMinutes"/>; those beyond are skipped.</summary>
public sealed record NotificationThrottle(int Max, int WindowMinutes)
{
    public TimeSpan Window => TimeSpan.FromMinutes(WindowMinutes);
}
