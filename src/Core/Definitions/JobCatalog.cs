using System.Text.Json;
using System.Text.Json.Serialization;
using Jobs.Core.Ids;

namespace Jobs.Core.Definitions;

/// <summary>All jobs of a stack. Synthesis writes it into the functions' asset as <see cref="FileName"/>.</summary>
public sealed record JobCatalog(IReadOnlyList<JobDefinition> Jobs)
{
    public const string FileName = "jobs.json";

    /// <summary>The time zones of its schedules, beside it: Lambda's provided.al2023 has none.</summary>
    public const string ZonesFolder = "zoneinfo";

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

    /// <summary>The catalog with S3's names of the buckets for which the stack has names of its own.</summary>
    public JobCatalog WithBuckets(IReadOnlyDictionary<string, string> names) => names.Count == 0
        ? this
        : new([.. Jobs.Select(job => job with
        {
            Uploads =
            [
                .. job.Uploads.Select(upload => upload with
                {
                    BucketName = upload.Bucket is { } bucket ? names.GetValueOrDefault(bucket) : null,
                }),
            ],
        })]);

    /// <summary>Names in S3 of the other buckets than the runner's whose uploads start jobs.</summary>
    [JsonIgnore]
    public IEnumerable<string> OtherBuckets => Jobs.SelectMany(job => job.Uploads)
        .Select(upload => upload.BucketInS3)
        .OfType<string>()
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>S3's name of a bucket that a trigger names, by that name or S3's; null for the runner's.</summary>
    public string? FindBucket(string? name) => name is null
        ? null
        : Jobs.SelectMany(job => job.Uploads).FirstOrDefault(upload => upload.IsIn(name))?.BucketInS3 ?? name;

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
