using System.Text;
using System.Text.Json.Nodes;
using Jobs.Core.Definitions;
using Jobs.Core.Triggers;
using Jobs.Functions;
using Jobs.Tests.Fuzz.Mutation;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;
using Jobs.Tests.Unit.Functions;
using Jobs.Tests.Unit.Testing;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>
/// Keys of objects: each starts a run of exactly this key, and is a file of that name in a job's test environment.
/// </summary>
internal sealed class KeyTarget : IFuzzTarget
{
    private const int MaxKeyBytes = 1_024;
    private const string Created = "s3-object-created-putobject-versioned.json";

    private static readonly JobDefinition Job = TestPlane.Job();

    public string Name => "keys";

    public IReadOnlyList<byte[]> Samples { get; } =
    [
        "incoming/a.csv"u8.ToArray(), "incoming/2026/01/05/part-00000.csv.gz"u8.ToArray(),
        "incoming/red flower (1) + blue.jpg"u8.ToArray(), "incoming/100%25 done/a%2Fb+c"u8.ToArray(),
        "incoming/Übergröße/Daten-😀.csv"u8.ToArray(), "incoming/../../etc/passwd"u8.ToArray(),
        "incoming//./ .csv "u8.ToArray(), "incoming/'; rm -rf $(pwd) `id` \"x\" &.csv"u8.ToArray(),
    ];

    public IMutator Mutator { get; } = new ByteMutator(
        [
            "../"u8.ToArray(), "%00"u8.ToArray(), "\n"u8.ToArray(), "\0"u8.ToArray(), "//"u8.ToArray(), "*"u8.ToArray(),
            "?versionId="u8.ToArray(), "\u2028"u8.ToArray(), "_jobs/"u8.ToArray(), "'"u8.ToArray(),
        ],
        MaxKeyBytes);

    public int InputsInTests => 1_000;

    public async Task TakeAsync(byte[] input, CancellationToken cancellation)
    {
        var key = Encoding.UTF8.GetString(input);
        if (key.Length == 0 || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes) return;
        await UploadAsync(key);
        await CountAsync(key, cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task UploadAsync(string key)
    {
        var plane = new TestPlane(Job);
        var (deadLetters, context) = (new InMemoryDeadLetters(), new TestContext());
        var message = JsonNode.Parse(SampleEvents.UploadMessage(Created))!;
        message["event"]!["detail"]!["object"]!["key"] = key;

        var answer = await new OnUploadFunction(
            new Inbox(deadLetters, plane.Clock),
            new UploadIntake(new JobCatalog([Job]), plane.Store, plane.Engine),
            plane.Engine,
            plane.Dispatcher,
            plane.Clock)
            .OnUpload(TestContext.Batch(message.ToJsonString()), context);

        if (TestContext.Failures(answer).Any()) throw new FindingException($"It was returned: {context.Lines}");
        var started = plane.Store.All.Select(run => Upload.TryParse(run.Input)?.Key).ToList();
        var isOurs = key.StartsWith("_jobs/", StringComparison.Ordinal);
        if (isOurs ? started.Count > 0 : started is not [{ } one] || one != key)
        {
            throw new FindingException(
                $"It started {started.Count} runs, of: {string.Join(", ", started)}. {context.Lines}");
        }
    }

    private static async Task CountAsync(string key, CancellationToken cancellation)
    {
        if (!key.StartsWith("incoming/", StringComparison.Ordinal)) return;
        var env = new JobTestEnvironment { Objects = { [key] = "one\ntwo\n" } };
        if (!key.EndsWith(".txt", StringComparison.Ordinal)) return;
        var counted = await env.RunAsync(new LineCount(), env.Upload(key), cancellation);
        if (counted.Lines != 2) throw new FindingException($"Its job read {counted.Lines} lines of 2.");
    }
}
