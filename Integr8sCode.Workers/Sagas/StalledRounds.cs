namespace Integr8sCode.Sagas;

/// <summary>
/// How far along the line of what stalls it was driven. The line grows at its end, so what is new is taken at once; from its beginning it
/// is taken again only after a pause that doubles while anything stands there, so that a consumer that is down is not buried under copies.
/// </summary>
/// <param name="first">The first pause.</param>
internal sealed class StalledRounds(TimeSpan first)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private TimeSpan _pause;
    private DateTimeOffset _nextRound;
    private DateTimeOffset _drivenTo;

    /// <returns>Only what waits since later than this is to be driven now.</returns>
    public DateTimeOffset Continue(DateTimeOffset now)
    {
        if (now >= _nextRound)
        {
            var nothingStalled = _drivenTo == default;
            _pause = nothingStalled ? first : 2 * _pause < LongestPause ? 2 * _pause : LongestPause;
            (_nextRound, _drivenTo) = (now + _pause, default);
        }

        return _drivenTo;
    }

    public void Drove(DateTimeOffset waitsSince) => _drivenTo = waitsSince;
}
