using Jobs.Core.Definitions;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Sdk;

public sealed class JobDefinitionsTests
{
    [Fact]
    public void Job_without_attributes_has_the_defaults_of_a_definition_and_a_name_from_its_type()
    {
        var job = JobDefinitions.From(typeof(LineCount));
        Assert.Equivalent(new JobDefinition("line-count") { InputSchema = job.InputSchema }, job, strict: true);
    }

    [Fact]
    public void Attributes_become_the_definition()
    {
        var job = JobDefinitions.From(typeof(Everything));

        var expected = new JobDefinition("all-of-it")
        {
            Owner = "Shop team",
            Recipients = [new("shop@example.com"), new("audit@example.com") { On = NotifyOn.Success }],
            Labels = ["team=billing", "tier=1"],
            OwnMetrics = true,
            Alarms = new() { FailurePercent = 20, DurationMinutes = 10, DollarsPerDay = 5 },
            Cpu = 512,
            MemoryMiB = 1024,
            MaxMemoryMiB = 4096,
            Architecture = Architecture.Arm64,
            EphemeralStorageGiB = 30,
            TimeoutMinutes = 15,
            RunTimeoutMinutes = 90,
            StopTimeoutSeconds = 60,
            MaxConcurrent = 10,
            Spot = true,
            AllowLoop = true,
            Retry = new RetryPolicy
            {
                Attempts = 5,
                BackoffSeconds = 10,
                MaxBackoffSeconds = 100,
                NonRetryable = new RetryMatch
                {
                    Classes = [VerdictClass.Killed],
                    ErrorTypes = ["System.FormatException", "Jobs.Tests.Unit.Sdk.JobDefinitionsTests+OddFile"],
                },
                Retryable = new RetryMatch { Classes = [VerdictClass.TimedOut], ExitCodes = [3] },
            },
            Uploads = [new UploadTrigger("a/", ".csv"), new UploadTrigger("b/") { Bucket = "acme-raw" }],
            Reads = ["rates/"],
            Writes = ["reports/"],
            InputSchema = job.InputSchema,
        };
        Assert.Equivalent(expected, job, strict: true);
        Assert.Empty(DefinitionRules.Check("shop", job));
    }

    [Fact]
    public void Retry_rules_of_the_readme_are_valid_and_survive_being_written_and_read()
    {
        var job = JobDefinitions.From(typeof(Patient));
        var read = JobCatalog.Parse(new JobCatalog([job]).ToJson()).Jobs[0];

        Assert.Empty(DefinitionRules.Check("shop", job));
        Assert.Equal((8_192, 240), (read.MaxMemoryMiB, read.RunTimeoutMinutes));
        Assert.Equal(new RetryMatch { ErrorTypes = ["System.FormatException"] }, read.Retry.NonRetryable);
        Assert.Equal(new RetryMatch { Classes = [VerdictClass.TimedOut] }, read.Retry.Retryable);
    }

    [Theory]
    [InlineData(typeof(XMLImport), "xml-import")]
    [InlineData(typeof(Sha256Sums), "sha256-sums")]
    public void Name_defaults_to_the_types_words_with_hyphens(Type type, string name) =>
        Assert.Equal(name, JobDefinitions.From(type).Name);

    [Fact]
    public void Schema_says_what_the_input_needs()
    {
        var schema = JobDefinitions.From(typeof(Sha256Sums)).InputSchema!;
        Assert.Equal("integer", schema["properties"]!["maxFiles"]!["type"]!.GetValue<string>());
        Assert.Equal(["folder"], schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public void Upload_trigger_on_a_job_with_another_input_is_refused_with_rule_value_job_and_remedy()
    {
        var refused = Assert.Throws<JobDeclarationException>(() => JobDefinitions.From(typeof(WrongInput)));
        Assert.Equal(
            "Job 'wrong-input': one job, one input type: an upload gives the job an Upload "
            +
                "(declared: [OnUpload(\"in/\")] on a job that takes String). Implement IJob<Upload, …>, or start " +
                "this job in another way.",
            refused.Message);
    }

    [Theory]
    [InlineData(typeof(TwoInputs), "implements them 2 times")]
    [InlineData(typeof(NoJob), "implements them 0 times")]
    [InlineData(typeof(Open<>), "abstract or generic")]
    public void Class_that_cannot_be_a_job_is_refused(Type type, string value) =>
        Assert.Contains(
            value,
            Assert.Throws<JobDeclarationException>(() => JobDefinitions.From(type)).Error.Value,
            StringComparison.Ordinal);

    [Fact]
    public void Assembly_lists_its_jobs_by_name()
    {
        var names = JobDefinitions.FromAssembly(typeof(Jobs.Worker.CsvImport).Assembly).Select(job => job.Name);
        Assert.Equal(["csv-import", "hourly-report", "photo-catalog", "queue-worker"], names);
    }

    internal abstract class Counting<TInput> : IJob<TInput, int>
    {
        public Task<int> RunAsync(TInput input, JobContext job, CancellationToken stop) => Task.FromResult(1);
    }

    internal sealed class LineCount : Counting<Upload>;

    internal sealed class XMLImport : Counting<string>;

    internal sealed class Sha256Sums : Counting<Sha256Sums.Request>
    {
        internal sealed record Request(string Folder, int MaxFiles = 10);
    }

    [Job(
        OwnMetrics = true,
        Name = "all-of-it", Owner = "Shop team", Cpu = 512, MemoryMiB = 1024, TimeoutMinutes = 15, MaxMemoryMiB = 4096,
        RunTimeoutMinutes = 90, MaxConcurrent = 10, Architecture = Architecture.Arm64,
        EphemeralStorageGiB = 30, StopTimeoutSeconds = 60, Spot = true, AllowLoop = true)]
    [OnUpload("a/", Suffix = ".csv")]
    [OnUpload("b/", Bucket = "acme-raw")]
    [Alarm(FailurePercent = 20, DurationMinutes = 10, DollarsPerDay = 5)]
    [Label("team", "billing")]
    [Label("tier", "1")]
    [Notify("shop@example.com")]
    [Notify("audit@example.com", On = NotifyOn.Success)]
    [Retry(
        Attempts = 5, BackoffSeconds = 10, MaxBackoffSeconds = 100, NonRetryableErrors =
        [
            typeof(FormatException), typeof(OddFile),
        ],
        NonRetryableClasses = [VerdictClass.Killed], RetryableClasses =
        [
            VerdictClass.TimedOut,
        ], RetryableExitCodes = [3])]
    [Reads("rates/")]
    [Writes("reports/")]
    internal sealed class Everything : Counting<Upload>;

    [Job(MemoryMiB = 1024, MaxMemoryMiB = 8192,                  // out of memory: again with the next size, up to 8 GiB
         TimeoutMinutes = 15, RunTimeoutMinutes = 240)]          // one attempt; all attempts and waiting together
    [Retry(Attempts = 5, BackoffSeconds = 30, MaxBackoffSeconds = 600,
           NonRetryableErrors = [typeof(FormatException)],       // by error type, exit code or verdict class
           RetryableClasses = [VerdictClass.TimedOut])]
    internal sealed class Patient : Counting<string>;

    internal sealed class OddFile : Exception;

    [OnUpload("in/")]
    private sealed class WrongInput : Counting<string>;

    private sealed class TwoInputs : Counting<string>, IJob<int, int>
    {
        public Task<int> RunAsync(int input, JobContext job, CancellationToken stop) => Task.FromResult(input);
    }

    [Job]
    private sealed class NoJob;

    private sealed class Open<T> : Counting<T>;
}
