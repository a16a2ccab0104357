using Integr8sCode.Infrastructure;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public sealed class PlaceInLineTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Of_those_that_come_together_the_higher_priority_goes_first()
    {
        var (low, normal, high) = (Now(ExecutionPriority.Low), Now(ExecutionPriority.Normal), Now(ExecutionPriority.High));

        Assert.True(high < normal && normal < low);
    }

    [Fact]
    public void No_priority_starves_because_waiting_counts()
    {
        var low = Now(ExecutionPriority.Low);
        _clock.Advance(PlaceInLine.PriorityStep);
        Assert.True(Now(ExecutionPriority.High) < low);
        _clock.Advance(PlaceInLine.PriorityStep + TimeSpan.FromSeconds(1));

        Assert.True(low < Now(ExecutionPriority.High));
    }

    [Fact]
    public void A_users_first_goes_before_the_second_of_another_who_came_just_before()
    {
        var second = Now(ExecutionPriority.Normal, held: 1);
        _clock.Advance(PlaceInLine.ShareStep / 2);

        Assert.True(Now(ExecutionPriority.Normal) < second);
    }

    [Fact]
    public void A_users_second_goes_before_the_first_of_those_who_come_much_later()
    {
        var second = Now(ExecutionPriority.Normal, held: 1);
        _clock.Advance(PlaceInLine.ShareStep * 2);

        Assert.True(second < Now(ExecutionPriority.Normal));
    }

    [Fact]
    public void An_execution_takes_its_place_when_it_is_accepted_and_another_when_it_is_scheduled()
    {
        var accepted = Stories.Accepted(_clock.GetUtcNow(), priority: ExecutionPriority.High).Execution;
        Assert.Equal(_clock.GetUtcNow() - PlaceInLine.PriorityStep, accepted.State.Place);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var scheduled = accepted.Schedule(Stories.At(_clock.GetUtcNow()), held: 3)!.Execution;

        Assert.Equal(_clock.GetUtcNow() - PlaceInLine.PriorityStep + (3 * PlaceInLine.ShareStep), scheduled.State.Place);
    }

    private DateTimeOffset Now(ExecutionPriority priority, int held = 0) => PlaceInLine.Of(_clock.GetUtcNow(), priority, held);
}
