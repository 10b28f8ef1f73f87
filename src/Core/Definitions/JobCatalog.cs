using System.Text.Json;
using System.Text.Json.Serialization;
using Jobs.Core.Ids;

namespace Jobs.Core.Definitions;

/// <summary>All jobs of a stack. Synthesis writes it into the functions' asset as <see cref="FileName"/>.</summary>
public sealed record JobCatalog(IReadOnlyList<JobDefinition> Jobs)
{
    public const string FileName = "jobs.json";

    public JobDefinition? Find(string name) => Jobs.FirstOrDefault(job => job.Name == name);

    /// <summary>
    /// Whether other jobs come after this one: the end of its runs owes <see cref="Runs.EffectKind.Follow"/>.
    /// </summary>
    public bool IsFollowed(string name) => Jobs.Any(job => job.Afters.Any(after => after.Job == name));

    /// <summary>Every schedule of every job.</summary>
    [JsonIgnore]
    public IEnumerable<(ScheduleKey Key, ScheduleTrigger Trigger)> Schedules =>
        Jobs.SelectMany(job => job.Schedules.Select(schedule => (new ScheduleKey(job.Name, schedule.Name), schedule)));

    /// <summary>The schedule of this key; null when the stack does not have it.</summary>
    public ScheduleTrigger? FindSchedule(ScheduleKey key) =>
        Find(key.Job)?.Schedules.FirstOrDefault(schedule => schedule.Name == key.Name);

    public string ToJson() => JsonSerializer.Serialize(this, DefinitionJson.Default.JobCatalog);

    /// <exception cref="FormatException">The text is not a catalog.</exception>
    public static JobCatalog Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DefinitionJson.Default.JobCatalog) is { Jobs: not null } catalog
                ? catalog
                : throw new FormatException($"{FileName} lists no jobs. Synthesize the stack again.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{FileName} is not a job catalog: {e.Message} Synthesize the stack again.", e);
        }
    }
}
