using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Triggers;

/// <summary>
/// Submits the jobs that come after a run that has ended. Owed by the run until done, and each follower's id is derived
/// from the run, so that a crash loses none and a repetition starts none twice.
/// </summary>
public sealed class Followers(JobCatalog catalog, RunEngine engine)
{
    /// <summary>The run of a job that comes after this one.</summary>
    public static RunId IdOf(string job, RunId ended) => RunId.From(job, "after", ended.ToString());

    /// <summary>Performs <see cref="EffectKind.Follow"/>.</summary>
    public async Task<bool> SubmitAsync(RunReading ended, CancellationToken cancellation)
    {
        foreach (var job in catalog.Jobs)
        {
            if (job.Afters.FirstOrDefault(
                after => after.Job == ended.Run.Id.Job && after.Matches(ended.Run.State)) is { } after)
            {
                await engine.SubmitAsync(Request(job, after, ended), job, cancellation);
            }
        }

        return true;
    }

    private RunRequest Request(JobDefinition job, AfterTrigger after, RunReading ended)
    {
        var key = ended.Run.State == RunState.Succeeded ? ended.CurrentWorker?.ResultKey : null;
        // An image without our host has no result.
        var result = key is null ? ended.CurrentWorker?.ResultJson ?? "null" : null;
        return new RunRequest(
            IdOf(job.Name, ended.Run.Id),
            $"after {ended.Run.Id}",
            after.TakesEnding ? EndingJson.Write(ended) : result)
        { InputKey = key, Trace = engine.Traces?.Context(ended.Run) };
    }
}
