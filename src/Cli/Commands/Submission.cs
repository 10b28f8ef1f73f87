using System.Text;
using System.Text.Json;
using Jobs.Cli.Stacks;
using Jobs.Core;
using Jobs.Core.Commands;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>A request for a run, checked before it is sent: what OnCommand would refuse is refused here, where somebody reads it.</summary>
internal sealed record Submission(JobDefinition Job, string Id, int Priority)
{
    /// <summary>What SQS takes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html</summary>
    public const int MaxMessageBytes = 262_144;

    public const int MaxItems = 10_000;

    private const int MaxAtOnce = 500;

    /// <summary>The run that it makes.</summary>
    public RunId Run => RunId.From(Job.Name, "manual", Id);

    /// <exception cref="CliException">The input does not fit.</exception>
    public async Task SendAsync(IStack stack, string input, int? atOnce, CancellationToken cancellation)
    {
        if (atOnce is not null) throw CliException.Usage("--max-concurrent is how many children of an --array run at once. Leave it out, or give --array items.jsonl.");
        var body = CommandBodies.Submit(Id, Job.Name, Check(input, "--input", "Quote it for the shell: --input '{\"key\": \"value\"}', or put it into a file: --input @input.json"), Priority);
        var size = Encoding.UTF8.GetByteCount(body);
        if (size > MaxMessageBytes) throw CliException.Usage($"The input has {size / 1024} KB, but {MaxMessageBytes / 1024} KB is the most. Write it to the bucket (aws s3 cp) and submit its key.");
        await stack.Commands.SendAsync(body, cancellation);
    }

    /// <exception cref="CliException">The file, or a line of it, does not fit.</exception>
    public async Task SendArrayAsync(IStack stack, FileInfo file, string? input, int? atOnce, CancellationToken cancellation)
    {
        if (input is not null) throw CliException.Usage("--input and --array exclude each other: each line of the array is the input of one run.");
        if (atOnce is < 1 or > MaxAtOnce) throw CliException.Usage($"--max-concurrent {atOnce} is not from 1 to {MaxAtOnce}.");
        if (!file.Exists) throw CliException.Usage($"There is no file '{file}'. --array takes a file with one JSON value a line.");
        var items = await ReadItemsAsync(file, cancellation);
        var (bucket, key) = (stack.Place.Output(OutputNames.Bucket), $"{Names.ReservedPrefix}arrays/{Uri.EscapeDataString(Id)}.jsonl");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', items)));
        await stack.Objects.WriteAsync(bucket, key, content, "application/x-ndjson", cancellation);
        await stack.Commands.SendAsync(CommandBodies.SubmitArray(Id, Job.Name, bucket, key, items.Count, atOnce, Priority), cancellation);
    }

    private async Task<List<string>> ReadItemsAsync(FileInfo file, CancellationToken cancellation)
    {
        var items = new List<string>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellation))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            Check(line, $"{file.Name}, line {number}", "Write one JSON value a line, without line breaks inside.");
            if (Encoding.UTF8.GetByteCount(line) is var size && size > CommandReader.MaxInputBytes)
            {
                throw CliException.Usage($"{file.Name}, line {number} has {size:#,0} bytes, but {CommandReader.MaxInputBytes:#,0} are the most. Write the data to the bucket (aws s3 cp), and its key into the line.");
            }

            items.Add(line);
            if (items.Count > MaxItems) throw CliException.Usage($"{file.Name} has more than {MaxItems:#,0} lines, which is the most of one array. Split it: split -l {MaxItems} {file.Name}");
        }

        return items.Count > 0 ? items : throw CliException.Usage($"{file.Name} has no lines. An array has 1 to {MaxItems:#,0} JSON values, one a line.");
    }

    /// <param name="remedy">When it is not JSON.</param>
    private JsonElement Check(string json, string where, string remedy)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var faults = InputSchema.Check(Job.InputSchema, document.RootElement);
            if (faults.Count > 0) throw CliException.Usage($"{where} does not fit {Job.Name}: {string.Join(' ', faults)} What it takes: jobs list --json");
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw CliException.Usage($"{where} is not JSON: {e.Message} {remedy}");
        }
    }
}
