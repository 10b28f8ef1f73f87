using System.Text.Json;
using Jobs.Core.Definitions;
using Jobs.Sdk.Ground;

namespace Jobs.Sdk.Declarations;

/// <summary>Whether a job takes what its schedules give it.</summary>
internal static class ScheduledInputs
{
    /// <exception cref="JobDeclarationException">It does not take one of them.</exception>
    public static void Check(JobDefinition job, Type input)
    {
        // That a queue's job has no schedule is for the queue's rules to say.
        if (job.Queue is not null) return;
        foreach (var schedule in job.Schedules)
        {
            if (schedule.Input is null || Misfit(schedule.Input, input) is not { } why) continue;
            throw new JobDeclarationException(new DefinitionError(
                job.Name, $"the Input of schedule '{schedule.Name}' must be the job's {input.Name}", schedule.Input,
                why));
        }
    }

    private static string? Misfit(string json, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, JobJson.Of(type, JobJson.Options)) is null ? "It is null." : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return e.Message;
        }
    }
}
