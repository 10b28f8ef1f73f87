using System.Text;
using System.Text.Json.Nodes;
using Jobs.Core;
using Jobs.Sdk.Standalone;
using Jobs.Tests.Unit.Sdk.Messages;
using Jobs.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>A job in one process, without a stack: the program's arguments are <c>run JOB</c>.</summary>
public sealed class StandaloneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-standalone-").FullName;
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private string Bucket => Path.Combine(_folder, "bucket");

    private string Output => Encoding.UTF8.GetString(_output.ToArray());

    [Fact]
    public async Task Uploaded_file_lies_where_its_trigger_wants_it_and_the_result_is_printed()
    {
        var file = Write("people.csv", "name,age\nAda,36\nGrace,85\n");

        Assert.Equal(0, await RunAsync("run", "csv-import", "--upload", file, "--bucket", Bucket));

        Assert.Equal(2, (int)JsonNode.Parse(Output)!["rows"]!);
        Assert.True(File.Exists(Path.Combine(Bucket, "incoming", "people.csv")));
        Assert.Contains($"The folder {Bucket} stands for the bucket.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_is_json_or_a_file_and_what_the_job_writes_lies_in_the_folder()
    {
        Directory.CreateDirectory(Bucket);
        var input = Write("input.json", """{"name": "hourly", "plannedAt": "2026-01-05T08:00:00Z"}""");

        Assert.Equal(0, await RunAsync("run", "hourly-report", "--input", $"@{input}", "--bucket", Bucket));

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Bucket, "reports", "inventory"), "*2026*"));
    }

    [Fact]
    public async Task Message_of_a_queue_is_handled_once()
    {
        Directory.CreateDirectory(Path.Combine(Bucket, "incoming"));
        await File.WriteAllTextAsync(Path.Combine(Bucket, "incoming", "a.txt"), "abc");

        Assert.Equal(
            0,
            await RunAsync(
                "run", "queue-worker", "--bucket", Bucket, "--input", """{"key": "incoming/a.txt", "id": "one"}"""));

        Assert.Contains("\"handled\":", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_of_a_handler_is_a_message_of_its_queue()
    {
        var file = Write("a.txt", "abc");
        var (taken, clock) = (new List<Upload>(), new ManualClock());
        var builder = Builder("run", "counted-uploads", "--upload", file, "--bucket", Bucket)
            .AddJobs(typeof(CountedUploads).Assembly);
        builder.Services.AddSingleton<CountedUploads.Script>(upload =>
        {
            taken.Add(upload);
            return Task.CompletedTask;
        }).AddSingleton<TimeProvider>(clock);

        var running = builder.RunAsync(CancellationToken.None);
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return running.IsCompleted;
        });

        Assert.Equal(0, await running);
        Assert.Equal("incoming/a.txt", Assert.Single(taken).Key);
        Assert.Contains("\"handled\":1", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_told_with_its_exit_code()
    {
        var file = Write("empty.csv", "");

        var code = await RunAsync("run", "csv-import", "--upload", file, "--bucket", Bucket);

        Assert.Equal(WorkerExitCodes.JobFailed, code);
        Assert.Contains("Jobs.JobFailedException: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", Output);
    }

    [Theory]
    [InlineData("it names no job", "run")]
    [InlineData("--input has no value", "run", "csv-import", "--input")]
    [InlineData("it has no --inptu", "run", "csv-import", "--inptu", "{}")]
    [InlineData("an upload is the input", "run", "csv-import", "--input", "{}", "--upload", "a.csv")]
    [InlineData("there is no file", "run", "csv-import", "--input", "@nowhere.json")]
    [InlineData("did you mean 'csv-import'?", "run", "csv-imprt")]
    [InlineData("Uploads do not start hourly-report", "run", "hourly-report", "--upload", "Jobs.Worker.dll")]
    [InlineData("There is no file", "run", "csv-import", "--upload", "nowhere.csv")]
    [InlineData("An upload of 'incoming/Jobs.Worker.dll'", "run", "csv-import", "--upload", "Jobs.Worker.dll")]
    public async Task Command_line_that_runs_nothing_says_why(string sentence, params string[] args)
    {
        var here = args.Select(
            one => one == "Jobs.Worker.dll" ? Path.Combine(AppContext.BaseDirectory, one) : one).ToArray();

        Assert.Equal(WorkerExitCodes.HostFailed, await RunAsync([.. here, .. Folder(args)]));

        Assert.Contains(sentence, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_that_leads_out_of_the_folder_is_refused()
    {
        var objects = new FolderObjects(Bucket);
        using var content = new MemoryStream();

        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => objects.WriteAsync("any", "../out.txt", content, null, CancellationToken.None));
    }

    [Fact]
    public async Task Stack_that_does_not_answer_is_none()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".jobs"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, ".jobs", "laptop.json"), """{"endpoint": "http://127.0.0.1:1/", "bucket": "b"}""");

        Assert.Null(await RunningLaptop.FindAsync(Path.Combine(_folder), CancellationToken.None));
    }

    [Fact]
    public async Task Process_that_is_to_be_debugged_says_which_it_is_and_waits()
    {
        using var stop = new CancellationTokenSource();
        var builder = Builder("run", "csv-import");
        builder.Variables = name => name == EnvironmentNames.Debug ? "1" : null;

        var running = builder.RunAsync(stop.Token);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Contains(
            $"process {Environment.ProcessId} waits for a debugger", _error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What names a job and ends with a value names the folder too, which nothing lies in.</summary>
    private string[] Folder(string[] args) =>
        args is [_, _, ..] && args[^1] != "--input" ? ["--bucket", Bucket] : [];

    private Task<int> RunAsync(params string[] args) => Builder(args).RunAsync(CancellationToken.None);

    private JobHostBuilder Builder(params string[] args)
    {
        var builder = JobHost.CreateBuilder(args).AddJobs(typeof(CsvImport).Assembly);
        (builder.Error, builder.Output, builder.Variables) = (_error, () => _output, _ => null);
        return builder;
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
