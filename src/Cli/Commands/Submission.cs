using System.Text;
using System.Text.Json;
using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>
/// A request for a run, checked before it is sent: what OnCommand would refuse is refused here, at once.
/// </summary>
internal sealed record Submission(JobDefinition Job, string Id, int Priority)
{
    /// <summary>
    /// What SQS takes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
    /// </summary>
    public const int MaxMessageBytes = 262_144;

    public const int MaxItems = ArrayWork.MaxCount;

    private const int MaxAtOnce = 500;

    private const string InputOption = "--input";

    /// <summary>What the run is called: <c>team=billing</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What the person calls the input. Default: the option that has it.</summary>
    public string InputName { get; init; } = InputOption;

    /// <summary>CPU units of its tasks; null for the job's.</summary>
    public int? Cpu { get; init; }

    /// <summary>Memory in MiB of its tasks; null for the job's.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>The run that it makes.</summary>
    public RunId Run => RunId.From(Job.Name, "manual", Id);

    /// <exception cref="CliException">The input does not fit.</exception>
    public async Task SendAsync(IStack stack, string input, int? atOnce, CancellationToken cancellation)
    {
        if (atOnce is not null)
        {
            throw CliException.Usage(
                "--max-concurrent is how many children of an --array run at once. Leave it out, or give --array " +
                "items.jsonl.");
        }

        var remedy = InputName == InputOption
            ? "Quote it for the shell: --input '{\"key\": \"value\"}', or put it into a file: --input @input.json"
            : "An object is {\"key\": \"value\"}.";
        _ = RunSize.Of(Job, Cpu, MemoryMiB, out var whyNot);
        if (whyNot is not null) throw CliException.Usage(whyNot);
        var body = CommandBodies.Submit(
            Id, Job.Name, Check(stack, input, InputName, remedy), Priority, Labels, Cpu, MemoryMiB);
        var size = Encoding.UTF8.GetByteCount(body);
        if (size > MaxMessageBytes)
        {
            throw CliException.Usage(
                $"The input has {size / 1024} KB, but {MaxMessageBytes / 1024} KB is the most. Write it to the " +
                "bucket (aws s3 cp) and submit its key.");
        }

        await stack.Commands.SendAsync(body, cancellation);
    }

    /// <exception cref="CliException">The file, or a line of it, does not fit.</exception>
    public async Task SendArrayAsync(
        IStack stack, FileInfo file, string? input, int? atOnce, CancellationToken cancellation)
    {
        if (input is not null)
        {
            throw CliException.Usage(
                "--input and --array exclude each other: each line of the array is the input of one run.");
        }

        if (Cpu is not null || MemoryMiB is not null)
        {
            throw CliException.Usage(
                "--cpu and --memory are for one run: those of an --array have the job's size. Leave them out.");
        }

        if (atOnce is < 1 or > MaxAtOnce)
        {
            throw CliException.Usage($"--max-concurrent {atOnce} is not from 1 to {MaxAtOnce}.");
        }

        if (!file.Exists)
        {
            throw CliException.Usage($"There is no file '{file}'. --array takes a file with one JSON value a line.");
        }

        await using var content = file.OpenRead();
        var count = await CheckItemsAsync(stack, file, content, cancellation);
        var (bucket, key) = (stack.Place.Output(OutputNames.Bucket),
            $"{Names.ArraysPrefix}{Uri.EscapeDataString(Id)}.jsonl");
        // As it is: its reader leaves empty lines out as well.
        await SkipMarkAsync(file, content, cancellation);
        await stack.Objects.WriteAsync(bucket, key, content, "application/x-ndjson", cancellation);
        await stack.Commands.SendAsync(CommandBodies.SubmitArray(Id, Job.Name, bucket, key, count, atOnce, Priority,
            Labels),
            cancellation);
    }

    /// <summary>Reads the file as the functions will: a line at a time, whatever its size.</summary>
    /// <returns>Lines that are not empty.</returns>
    private async Task<int> CheckItemsAsync(
        IStack stack, FileInfo file, Stream content, CancellationToken cancellation)
    {
        await SkipMarkAsync(file, content, cancellation);
        var (number, count) = (0, 0);
        await foreach (var line in ArrayReader.LinesAsync(content, 0, cancellation))
        {
            number++;
            if (line.IsEmpty) continue;
            var where = $"{file.Name}, line {number}";
            if (line.Text is null) throw CliException.Usage(
                $"{where} has more than {RunRequest.MaxInputBytes:#,0} bytes. Write the data to the bucket (aws s3 " +
                "cp), and its key into the line.");
            Check(stack, line.Text, where, "Write one JSON value a line, without line breaks inside.");
            if (++count > MaxItems) throw CliException.Usage(
                $"{file.Name} has more than {MaxItems:#,0} lines, which is the most of one array. Split it: split -l " +
                $"{MaxItems} {file.Name}");
        }

        return count > 0 ? count
            : throw CliException.Usage(
            $"{file.Name} has no lines. An array has 1 to {MaxItems:#,0} JSON values, one a line.");
    }

    /// <summary>Begins the file, behind the mark that some editors write before UTF-8.</summary>
    private static async Task SkipMarkAsync(FileInfo file, Stream content, CancellationToken cancellation)
    {
        content.Position = 0;
        var start = new byte[3];
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        if (read > 1 && start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw CliException.Usage(
            $"{file.Name} is UTF-16, and JSON lines are UTF-8. Convert it: iconv -f UTF-16 -t UTF-8 {file.Name}");
        if (read < start.Length || start is not [0xEF, 0xBB, 0xBF]) content.Position = 0;
    }

    /// <param name="remedy">When it is not JSON.</param>
    private JsonElement Check(IStack stack, string json, string where, string remedy)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var faults = InputSchema.Check(Job.InputSchema, document.RootElement);
            if (faults.Count == 0) return document.RootElement.Clone();
            throw CliException.Usage(
                $"{where} does not fit {Job.Name}: {string.Join(' ', faults)} " +
                $"What it takes: {stack.Place.Lines.List(json: true)}");
        }
        catch (JsonException e)
        {
            throw CliException.Usage($"{where} is not JSON: {e.Message} {remedy}");
        }
    }
}
