using Jobs.Sdk.Reporting;

namespace Jobs.Sdk.Standalone;

/// <summary>What is to run without a stack: <c>run JOB</c> and its options.</summary>
/// <param name="Input">JSON; null for the empty object, or for the upload.</param>
/// <param name="Upload">A file that is uploaded first, and is the input; null for none.</param>
/// <param name="Bucket">Folder that stands for the bucket; null for the laptop's, or the default folder.</param>
internal sealed record StandaloneOptions(string Job, string? Input, string? Upload, string? Bucket)
{
    /// <summary>The first argument of a command line that is one.</summary>
    public const string Command = "run";

    public const string Usage =
        "run JOB [--input JSON | --input @FILE | --upload FILE] [--bucket FOLDER]";

    /// <exception cref="HostFailedException">It is not a command line of one.</exception>
    public static StandaloneOptions Parse(IReadOnlyList<string> args)
    {
        if (args is not [_, { Length: > 0 } job, ..] || job[0] == '-') throw Wrong("it names no job");
        var options = new StandaloneOptions(job, null, null, null);
        for (var i = 2; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : throw Wrong($"{args[i]} has no value");
            options = args[i] switch
            {
                "--input" => options with { Input = TextOf(value) },
                "--upload" => options with { Upload = value },
                "--bucket" => options with { Bucket = value },
                var other => throw Wrong($"it has no {other}"),
            };
        }

        return options is { Input: not null, Upload: not null }
            ? throw Wrong("an upload is the input, so there is no other")
            : options;
    }

    private static string TextOf(string given) => given switch
    {
        ['@', .. var file] when File.Exists(file) => File.ReadAllText(file),
        ['@', .. var file] => throw Wrong($"there is no file '{Path.GetFullPath(file)}'"),
        _ => given,
    };

    private static HostFailedException Wrong(string what) =>
        new($"This command line runs no job: {what}. Write: {Usage}");
}
