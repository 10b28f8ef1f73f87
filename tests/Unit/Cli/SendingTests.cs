using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Worker;

namespace Jobs.Tests.Unit.Cli;

/// <summary>What the commands queue gets, to the letter: OnCommand reads it.</summary>
[Collection(nameof(CommandLine))]
public sealed class SendingTests
{
    private readonly CommandLine _jobs = new();

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Byte_order_mark_of_an_input_is_no_text(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        using var stdin = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("""{"key":"ü"}""")]);
        Assert.Equal("""{"key":"ü"}""", await InputText.ReadAsync(stdin, default));
    }

    [Fact]
    public void Input_of_a_job_is_null_only_where_its_type_says_so()
    {
        var schema = JobDefinitions.From(typeof(CsvImport)).InputSchema;
        using var nothing = JsonDocument.Parse("null");
        Assert.Equal(["$ must be an object, but it is null."], InputSchema.Check(schema, nothing.RootElement));
    }

    [Fact]
    public async Task Submit_sends_the_input_under_the_callers_key_and_names_the_run()
    {
        Assert.Equal(
            ExitCodes.Done,
            await _jobs.RunAsync(
                "submit",
                "csv-import",
                "--input",
                """{"key":"ü"}""",
                "--priority",
                "3",
                "--label",
                "team=a=b",
                "--id",
                "mine"));

        Assert.Equal(
            """{"command":"submit","id":"mine","job":"csv-import","input":{"key":"ü"},"priority":3,"labels":{"team":"a=b"}}""",
            Assert.Single(_jobs.Stack.Sent));
        Assert.Equal(RunId.From("csv-import", "manual", "mine").ToString(), _jobs.Out.Trim());
    }

    [Fact]
    public async Task Submit_without_a_key_gets_a_new_one()
    {
        await _jobs.RunAsync("submit csv-import --json");

        Assert.Equal("new-id", (string)_jobs.Json["id"]!);
        Assert.Equal(RunId.From("csv-import", "manual", "new-id").ToString(), (string)_jobs.Json["run"]!);
    }

    [Fact]
    public async Task Submit_of_what_does_not_fit_the_job_sends_nothing()
    {
        var schema = JsonNode.Parse(
            """{"type":"object","properties":{"prefix":{"type":"string"}},"required":["prefix"],"additionalProperties":false}""");
        _jobs.Stack.Catalog = new([new JobDefinition("hourly-report") { InputSchema = schema }]);

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit", "hourly-report", "--input", """{"prefx":"a/"}"""));

        Assert.Contains("$.prefix is required", _jobs.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'prefix'?", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Job_that_takes_messages_is_neither_submitted_nor_retried()
    {
        _jobs.Stack.Catalog = new([new JobDefinition("queue-worker") { Queue = new QueueTrigger() }]);
        _jobs.Stack.Place = _jobs.Stack.Place with
        {
            Outputs = _jobs.Stack.Place.Outputs.Append(
                new(OutputNames.QueuePrefix + "QueueWorker", "https://sqs/queue-worker"))
                .ToDictionary(),
        };
        var run = await _jobs.AddAsync(
            "queue-worker",
            "drain",
            RunState.Failed,
            minutesAgo: 5,
            run => run with { Trigger = BacklogWatch.Trigger });

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit queue-worker"));
        Assert.Contains(
            "aws sqs send-message --queue-url https://sqs/queue-worker",
            _jobs.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync($"retry {run.Id}"));
        Assert.Contains(
            "dotnet jobs dead-letters QueueWorker", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Submit_of_more_than_a_message_holds_sends_nothing()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""{"text":"{{new string('x', 262_144)}}"}""");

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit", "csv-import", "--input", $"@{file}"));

        Assert.Contains("256 KB", _jobs.Error, StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
        File.Delete(file);
    }

    [Fact]
    public async Task Array_is_put_into_the_bucket_and_named()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{\"n\":1}\n\n{\"n\":2}\n");

        Assert.Equal(
            ExitCodes.Done,
            await _jobs.RunAsync("submit", "csv-import", "--array", file, "--max-concurrent", "10", "--id", "mine"));

        Assert.Equal(
            """{"command":"submit","id":"mine","job":"csv-import","array":{"bucket":"the-bucket","key":"_jobs/arrays/mine.jsonl","count":2},"maxConcurrent":10,"priority":0}""",
            Assert.Single(_jobs.Stack.Sent));
        Assert.Equal("{\"n\":1}\n\n{\"n\":2}\n"u8.ToArray(),
            _jobs.Stack.Files.Read(FakeStack.BucketName, "_jobs/arrays/mine.jsonl"));
        File.Delete(file);
    }

    [Fact]
    public async Task Array_with_a_mark_of_utf_8_is_sent_without_it_and_one_in_utf_16_is_refused()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "1\n", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("submit", "csv-import", "--array", file, "--id", "mine"));
        Assert.Equal("1\n"u8.ToArray(), _jobs.Stack.Files.Read(FakeStack.BucketName, "_jobs/arrays/mine.jsonl"));

        await File.WriteAllTextAsync(file, "1\n", System.Text.Encoding.Unicode);
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit", "csv-import", "--array", file));
        Assert.Contains("is UTF-16, and JSON lines are UTF-8. Convert it: iconv -f UTF-16",
            _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData(0, "has no lines")]
    [InlineData(100_001, "more than 100,000 lines")]
    [InlineData(150_000, "more than 100,000 lines, which is the most of one array. Split it: split -l 100000 ")]
    public async Task Array_of_none_or_too_many_sends_nothing(int lines, string says)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Repeat("{}", lines));

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit", "csv-import", "--array", file));

        Assert.Contains(says, _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
        Assert.Empty(_jobs.Stack.Files.Keys(FakeStack.BucketName));
        File.Delete(file);
    }

    [Fact]
    public async Task Array_with_an_item_that_is_too_large_or_does_not_fit_names_the_line_and_sends_nothing()
    {
        var schema = JsonNode.Parse("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""");
        _jobs.Stack.Catalog = new(
            [new JobDefinition("csv-import"), new JobDefinition("strict") { InputSchema = schema }]);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"1\n\n\"{new string('x', 262_143)}\"\n");

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit", "csv-import", "--array", file));
        Assert.Contains("line 3 has more than 262,144 bytes. Write the data to the bucket",
            _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "{\"n\":1}\n{\"n\":\"two\"}\n");
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit", "strict", "--array", file));
        Assert.Contains(
            "line 2 does not fit strict: $.n must be an integer, but it is \"two\".",
            _jobs.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);

        Assert.Empty(_jobs.Stack.Sent);
        Assert.Empty(_jobs.Stack.Files.Keys(FakeStack.BucketName));
        File.Delete(file);
    }

    [Fact]
    public async Task Array_with_a_broken_line_names_the_line()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{}\n{\n");

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("submit", "csv-import", "--array", file));

        Assert.Contains("line 2 is not JSON", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Write one JSON value a line", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Retry_names_the_run_it_makes()
    {
        var run = await _jobs.AddAsync("csv-import", "failed", RunState.Failed);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("retry", run.Id.Key[..6], "--id", "again"));

        Assert.Equal($$"""{"command":"retry","id":"again","run":"{{run.Id}}"}""", Assert.Single(_jobs.Stack.Sent));
        Assert.Equal(RunId.From("csv-import", "retry", run.Id.ToString(), "again").ToString(), _jobs.Out.Trim());
    }

    [Fact]
    public async Task Retry_of_a_run_that_is_not_over_sends_nothing()
    {
        var run = await _jobs.AddAsync("csv-import", "running", RunState.Running);

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("retry", run.Id.ToString()));

        Assert.Contains("dotnet jobs cancel", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Cancel_names_the_run()
    {
        var run = await _jobs.AddAsync("csv-import", "running", RunState.Running);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("cancel", run.Id.ToString()));

        Assert.Equal($$"""{"command":"cancel","id":"new-id","run":"{{run.Id}}"}""", Assert.Single(_jobs.Stack.Sent));
    }

    [Fact]
    public async Task Cancel_of_a_run_that_is_over_sends_nothing()
    {
        var run = await _jobs.AddAsync("csv-import", "done", RunState.Succeeded);

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("cancel", run.Id.ToString()));

        Assert.Contains("is over: Succeeded", _jobs.Error, StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }
}
