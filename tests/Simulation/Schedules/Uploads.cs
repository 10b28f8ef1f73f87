using System.Globalization;
using Jobs.Core.Ids;
using Jobs.Core.Triggers;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>The uploads of a schedule: their events, and what became of them.</summary>
internal sealed class Uploads(SimulatedWorld world)
{
    private readonly Dictionary<RunId, string> _bodies = [];
    private readonly Dictionary<string, RunId> _byBody = [];
    private readonly HashSet<RunId> _accepted = [];
    private readonly HashSet<string> _rejected = [];
    private readonly HashSet<RunId> _silent = [];

    public IEnumerable<RunId> Accepted => _bodies.Keys.Where(_accepted.Contains);

    public IEnumerable<RunId> Unanswered =>
        _byBody.Where(sent => !_accepted.Contains(sent.Value) && !_rejected.Contains(sent.Key))
            .Select(sent => sent.Value);

    public int Sent { get; private set; }

    /// <summary>Uploads a file and lets S3's event go its way through the rule.</summary>
    /// <param name="isSilent">No event tells of it.</param>
    public RunId Send(string job, int number, bool isSilent = false)
    {
        var id = IdOf(job, number);
        var key = KeyOf(job, number);
        var trigger = SimulatedJobs.IsReloaded(job) ? $"{SimulatedJobs.ReloadedPrefix}*" : "in/*.csv";
        if (SimulatedJobs.IsReloaded(job)) world.Replays.Objects.Add(UploadOf(job, number));
        if (isSilent)
        {
            _silent.Add(id);
            return id;
        }

        var body = string.Create(CultureInfo.InvariantCulture, $$$$$"""
            {"job":"{{{{{job}}}}}","trigger":"{{{{{trigger}}}}}","event":{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"inbox"},
            "object":{"key":"{{{{{key}}}}}","size":12,"etag":"e{{{{{number}}}}}","version-id":"v{{{{{number}}}}}","sequencer":"{{{{{number:X}}}}}"}}}}
            """);
        _bodies[id] = body;
        _byBody[body] = id;
        Sent++;
        world.Inbox.Send(body, FaultKind.DuplicateUpload, FaultKind.DelayedUpload);
        return id;
    }

    public static RunId IdOf(string job, int number) => UploadIntake.Identify(job, UploadOf(job, number));

    public bool IsExpected(RunId id) => _bodies.ContainsKey(id) || _silent.Contains(id);

    public void Handled(string body)
    {
        if (_byBody.TryGetValue(body, out var id) && !_rejected.Contains(body)) _accepted.Add(id);
    }

    public void Rejected(string body)
    {
        if (!_byBody.TryGetValue(body, out var id))
        {
            world.Fail("NothingUnexpected", $"A message was rejected that is no upload: {body}");
        }
        else if (world.IsSettledIn(id.Job))
        {
            world.Fail("OneRunPerTrigger", $"The upload for run {id} was rejected although its job is deployed.");
        }

        _rejected.Add(body);
    }

    private static string KeyOf(string job, int number) =>
        SimulatedJobs.IsReloaded(job) ? $"{SimulatedJobs.ReloadedPrefix}{number}" : $"in/{number}.csv";

    private static Upload UploadOf(string job, int number) => new("inbox", KeyOf(job, number), 12)
    {
        VersionId = $"v{number}",
        ETag = $"e{number}",
        Sequencer = number.ToString("X", CultureInfo.InvariantCulture),
    };

    public void Forget(RunId id)
    {
        _accepted.Remove(id);
        if (!_bodies.Remove(id, out var body)) return;
        _byBody.Remove(body);
        _rejected.Remove(body);
    }
}
