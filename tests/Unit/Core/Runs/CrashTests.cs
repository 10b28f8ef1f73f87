using Jobs.Core.Definitions;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>
/// The process dies once, before or just after each single call of a run's life; whatever remains must finish the run.
/// </summary>
public sealed class CrashTests
{
    private static readonly JobDefinition Job = TestPlane.Job(cap: 1);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Crash_at_any_call_leaves_a_run_that_ends_right_with_one_task_an_attempt(
        bool jobFails, bool crashAfter)
    {
        for (var at = 0; ; at++)
        {
            var plane = new TestPlane(Job) { Faults = { CrashAt = at, CrashAfter = crashAfter } };
            await LiveAsync(plane, jobFails);

            var run = plane.Run(Job);
            Assert.Equal(jobFails ? RunState.Failed : RunState.Succeeded, run.State);
            Assert.Empty(run.Owed);
            Assert.Null(run.NextCheckAt);
            Assert.Equal(jobFails ? 3 : 1, plane.Tasks.All.Count);
            Assert.DoesNotContain(plane.Tasks.All, task => task.IsAlive);
            Assert.Empty(await plane.HoldersAsync(Job));
            Assert.InRange(plane.Alerts.Published.Count, jobFails ? 1 : 0, jobFails ? 2 : 0);
            Assert.Single(plane.Alerts.Published.Select(alert => alert.Subject).Distinct().DefaultIfEmpty(""));
            if (!plane.Faults.HasCrashed)
            {
                Assert.InRange(at, 10, 400);
                return;
            }
        }
    }

    // Its event is received until it is handled; its task does its work; the sweep comes each minute; stop events are
    // delivered once.
    private static async Task LiveAsync(TestPlane plane, bool jobFails)
    {
        while (!await SurvivesAsync(plane, () => plane.SubmitAsync(Job))) plane.Clock.Advance(TimeSpan.FromSeconds(30));
        for (var minute = 0; minute < 60; minute++)
        {
            foreach (var task in plane.Tasks.All.Where(task => task.IsAlive))
            {
                // What the worker knows is its own launch, not the run as stored.
                var run = plane.Run(Job) with { Launch = task.Launch.Id.Number };
                var stopped = jobFails ? await plane.FailAsync(run) : await plane.SucceedAsync(run);
                await SurvivesAsync(plane, () => plane.DeliverAsync(run, stopped));
            }

            await SurvivesAsync(plane, () => plane.TickAsync(TimeSpan.FromMinutes(1)));
        }
    }

    private static async Task<bool> SurvivesAsync(TestPlane plane, Func<Task> act)
    {
        var before = plane.Faults.HasCrashed;
        try
        {
            await act();
            return true;
        }
        catch (Exception) when (plane.Faults.HasCrashed && !before)
        {
            plane.Faults.Restart();
            return false;
        }
    }
}
