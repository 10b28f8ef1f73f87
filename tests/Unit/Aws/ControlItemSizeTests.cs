using System.Text;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Runs;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Tasks;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;
using Xunit.Abstractions;

namespace Jobs.Tests.Unit.Aws;

/// <summary>
/// Each write of a control item of at most 1,024 bytes is one write unit. Sizes are DynamoDB's:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
/// </summary>
public sealed class ControlItemSizeTests(ITestOutputHelper output)
{
    private const int Unit = 1_024;

    /// <summary>
    /// What an item is to have space for: <c>trace</c> with a trace context, and a map <c>labels</c>.
    /// </summary>
    private const int Reserve = 5 + 55 + 6 + 3 + (3 * (1 + 40));

    private const string Message = "The customer list has no header: expected 'id;name;street;city'.";

    private const string Task =
        "arn:aws:ecs:eu-central-1:123456789012:task/production-jobs/0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 8, 0, 0, 123, TimeSpan.Zero);

    private static readonly JobDefinition Plain = new("customer-import");

    private static readonly RetryPolicy Rules = new()
    {
        Attempts = 5,
        NonRetryable = new RetryMatch
        {
            Classes = [VerdictClass.OutOfMemory],
            ExitCodes = [2, 3],
            ErrorTypes = ["InvalidCustomerException"],
        },
        Retryable = new RetryMatch { ErrorTypes = ["PaymentProviderException"] },
    };

    private static readonly Dictionary<string, (JobDefinition Job, Func<JobDefinition, Run> Submit)> Definitions = new()
    {
        ["upload"] = (Plain, job => Uploaded(job, 100)),
        ["upload with a long key"] = (Plain, job => Uploaded(job, 160)),
        ["scheduled"] = (Plain, Scheduled),
        ["child"] = (Plain, Child),
        ["capped on Spot"] = (Plain with { MaxConcurrent = 100, Spot = true }, job => Uploaded(job, 100)),
        ["with retry rules"] = (Plain with { Retry = Rules }, job => Uploaded(job, 100)),
        ["capped on Spot with retry rules"] =
            (Plain with { MaxConcurrent = 100, Spot = true, Retry = Rules }, job => Uploaded(job, 100)),
    };

    [Theory]
    [InlineData("upload")]
    [InlineData("upload with a long key")]
    [InlineData("scheduled")]
    [InlineData("child")]
    [InlineData("capped on Spot")]
    [InlineData("with retry rules")]
    [InlineData("capped on Spot with retry rules")]
    public void Control_item_of_a_run_that_succeeds_is_one_unit_with_a_trace_and_labels(string kind) =>
        Assert.InRange(LargestOf(kind, Succeeding(Submit(kind))) + Reserve, 1, Unit);

    /// <summary>With a verdict that tells of the error, and while it waits the keys of the waiting index.</summary>
    [Theory]
    [InlineData("upload")]
    [InlineData("upload with a long key")]
    [InlineData("scheduled")]
    [InlineData("child")]
    [InlineData("capped on Spot")]
    [InlineData("with retry rules")]
    public void Control_item_of_a_run_that_fails_is_one_unit(string kind) =>
        Assert.InRange(LargestOf(kind, Failing(Submit(kind))), 1, Unit);

    [Theory]
    [InlineData("scheduled")]
    [InlineData("child")]
    public void Control_item_of_a_run_that_fails_is_one_unit_with_a_trace_and_labels(string kind) =>
        Assert.InRange(LargestOf(kind, Failing(Submit(kind))) + Reserve, 1, Unit);

    private static Run Submit(string kind) => Definitions[kind].Submit(Definitions[kind].Job);

    private int LargestOf(string kind, IEnumerable<Run> life)
    {
        var largest = life.Select(run => (run.State, Item: RunItems.Write(run))).MaxBy(step => SizeOf(step.Item));
        var size = SizeOf(largest.Item);
        output.WriteLine($"{kind}: {size} bytes as {largest.State}, {size + Reserve} with trace and labels");
        foreach (var (name, value) in largest.Item.OrderByDescending(pair => SizeOf(pair.Key, pair.Value)))
        {
            output.WriteLine($"  {name} {SizeOf(name, value)}");
        }

        return size;
    }

    /// <summary>From the request to the end; of each write, what is written.</summary>
    private static IEnumerable<Run> Succeeding(Run run)
    {
        var (now, launch) = (Begin, run.Launch);
        yield return run;
        var claimed = new Fact.TaskClaimed(launch, Task, now.AddSeconds(40));
        foreach (var fact in (Fact[])[new Fact.LaunchAccepted(launch, Task), claimed])
        {
            now = now.AddSeconds(40);
            yield return run = RunLifecycle.Apply(run, fact, now);
        }

        var worker = new WorkerRecord(launch, Task, Begin.AddSeconds(40)) { ResultJson = "{}" };
        yield return run = RunLifecycle.Apply(run, new Fact.TaskStopped(launch, Stopped(0), worker), now.AddMinutes(2));
        Assert.Equal(RunState.Succeeded, run.State);
        yield return RunLifecycle.Done(run, [.. run.Owed], now.AddMinutes(2));
    }

    /// <summary>All attempts, each with an error of its own.</summary>
    private static IEnumerable<Run> Failing(Run run)
    {
        var now = Begin;
        yield return run;
        while (!run.IsOver)
        {
            var launch = run.Launch;
            var error = new WorkerError("System.InvalidOperationException", Message, "at X", Retryable: true);
            var worker = new WorkerRecord(launch, Task, now.AddSeconds(40)) { Error = error };
            foreach (var fact in (Fact[])
                     [
                         new Fact.LaunchAccepted(launch, Task), new Fact.TaskClaimed(launch, Task, now.AddSeconds(40)),
                         new Fact.TaskStopped(launch, Stopped(70), worker),
                     ])
            {
                now = now.AddSeconds(40);
                yield return run = RunLifecycle.Apply(run, fact, now);
            }

            yield return run = RunLifecycle.Done(run, [.. run.Owed], now);
            if (run.IsOver) break;
            now = run.NotBefore!.Value;
            yield return run = RunLifecycle.Apply(run, new Fact.Dispatched(new LaunchPermit(run.Slot)), now);
        }

        Assert.Equal((RunState.Failed, run.Policy.Attempts), (run.State, run.Attempt));
    }

    private static Run Uploaded(JobDefinition job, int keyLength)
    {
        var key = "incoming/customers/".PadRight(keyLength - 4, 'k') + ".csv";
        var upload = new Upload("production-jobs-bucket83908e77-1u1k2l3m4n5o", key, 123_456_789)
        {
            VersionId = "3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrH",
            ETag = "d41d8cd98f00b204e9800998ecf8427e-12",
            Sequencer = "0055AED6DCD90281E5",
        };
        var id = UploadIntake.Identify(job.Name, upload);
        return Launched(job, id, "upload incoming/customers/*.csv", upload.ToJson());
    }

    private static Run Scheduled(JobDefinition job)
    {
        var key = new ScheduleKey(job.Name, "cron-0-6-mon-fri");
        var input = new ScheduledTime(key.Name, Begin).ToJson();
        var trigger = $"schedule {key.Name} {Begin:yyyy-MM-dd'T'HH:mm'Z'}";
        var run = Launched(job, Scheduler.IdOf(key, Begin), trigger, input);
        return RunLifecycle.Apply(run, new Fact.ScheduleAwaits(key.Name), Begin);
    }

    private static Run Child(JobDefinition job)
    {
        var parent = RunId.From("customer-overview", "parent");
        const string Input = """{"customers":"incoming/customers/2026-01-05.csv","from":1000,"to":2000}""";
        var run = Launched(job, ChildRun.IdOf(job.Name, parent, 1_234), $"child of {parent}", Input);
        return run with { Parent = parent, ChildIndex = 1_234 };
    }

    private static Run Launched(JobDefinition job, RunId id, string trigger, string input) => RunLifecycle.Submit(
        id, trigger, RunPolicy.Of(job), input, new LaunchPermit(job.MaxConcurrent is null ? null : 1), Begin);

    private static TaskObservation Stopped(int exitCode) => Sample.Stopped(Task, exitCode);

    private static int SizeOf(Dictionary<string, AttributeValue> item) =>
        item.Sum(pair => SizeOf(pair.Key, pair.Value));

    private static int SizeOf(string name, AttributeValue value) => Encoding.UTF8.GetByteCount(name) + SizeOf(value);

    private static int SizeOf(AttributeValue value) => value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { N: { } number } => 1 + ((number.Count(char.IsAsciiDigit) + 1) / 2),
        { IsBOOLSet: true } => 1,
        { SS: { Count: > 0 } texts } => texts.Sum(Encoding.UTF8.GetByteCount),
        { IsMSet: true } => 3 + value.M.Sum(member => 1 + SizeOf(member.Key, member.Value)),
        { IsLSet: true } => 3 + value.L.Sum(element => 1 + SizeOf(element)),
        _ => throw new InvalidOperationException("A control item has a value of a type whose size is not known here."),
    };
}
