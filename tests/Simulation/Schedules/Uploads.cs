using System.Globalization;
using Jobs.Core.Runs;
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

    public IEnumerable<RunId> Accepted => _bodies.Keys.Where(_accepted.Contains);

    public IEnumerable<RunId> Unanswered => _byBody.Where(sent => !_accepted.Contains(sent.Value) && !_rejected.Contains(sent.Key)).Select(sent => sent.Value);

    public int Sent { get; private set; }

    /// <summary>Uploads a file and lets S3's event go its way through the rule.</summary>
    public RunId Send(string job, int number)
    {
        var id = IdOf(job, number);
        var body = string.Create(CultureInfo.InvariantCulture, $$$$$"""
            {"job":"{{{{{job}}}}}","trigger":"in/*.csv","event":{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"inbox"},
            "object":{"key":"in/{{{{{number}}}}}.csv","size":12,"etag":"e{{{{{number}}}}}","version-id":"v{{{{{number}}}}}","sequencer":"{{{{{number:X}}}}}"}}}}
            """);
        _bodies[id] = body;
        _byBody[body] = id;
        Sent++;
        world.Inbox.Send(body, FaultKind.DuplicateUpload, FaultKind.DelayedUpload);
        return id;
    }

    public static RunId IdOf(string job, int number) => UploadIntake.Identify(job, new Upload("inbox", $"in/{number}.csv") { VersionId = $"v{number}" });

    public bool IsExpected(RunId id) => _bodies.ContainsKey(id);

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
        else if (world.Catalog.Find(id.Job) is not null)
        {
            world.Fail("OneRunPerTrigger", $"The upload for run {id} was rejected although its job is deployed.");
        }

        _rejected.Add(body);
    }

    public void Forget(RunId id)
    {
        _accepted.Remove(id);
        if (!_bodies.Remove(id, out var body)) return;
        _byBody.Remove(body);
        _rejected.Remove(body);
    }
}
