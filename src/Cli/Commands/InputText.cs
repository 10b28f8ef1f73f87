using Jobs.Cli.Ground;

namespace Jobs.Cli.Commands;

/// <summary>An input as it is given on a command line.</summary>
internal static class InputText
{
    /// <param name="given">JSON, @file, or - for stdin; null for the empty object.</param>
    /// <exception cref="CliException">There is no such file.</exception>
    public static async Task<string> ReadAsync(string? given, CancellationToken cancellation) => given switch
    {
        null => "{}",
        "-" => await ReadAsync(Console.OpenStandardInput(), cancellation),
        ['@', .. var file] => await ReadFileAsync(file, cancellation),
        _ => given,
    };

    /// <summary>Reads a stream as a file is read: a byte order mark says the encoding and is no text.</summary>
    internal static async Task<string> ReadAsync(Stream content, CancellationToken cancellation)
    {
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(cancellation);
    }

    private static async Task<string> ReadFileAsync(string file, CancellationToken cancellation) => File.Exists(file)
        ? await File.ReadAllTextAsync(file, cancellation)
        : throw CliException.Usage(
            $"There is no file '{file}'. --input @file reads a file; JSON itself has no @ before it.");
}
