using System.IO.Compression;
using Jobs.Tests.Fuzz.Mutation;
using Jobs.Worker;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>Files for csv-import: described, or refused with the place and the remedy.</summary>
internal sealed class CsvTarget : IFuzzTarget
{
    private const string Key = "incoming/a.csv";
    private const int MaxBytes = 100_000;

    private static readonly byte[] Gdp = Unit.Worker.Samples.Read("gdp.csv");

    public string Name => "csv";

    public IReadOnlyList<byte[]> Samples { get; } =
    [
        Gdp[..4_000], Zipped(Gdp[..20_000]),
        "a,b,c\n1,2,3\n4,\"five, six\",7\n"u8.ToArray(),
        [0xEF, 0xBB, 0xBF, .. "größe;wert\r\n1,5;\"x\"\"y\"\r\n"u8],
        [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("a\tb\n1\t2\n")],
        "sep=;\nName;Datum\nMüller;31.01.2026\n"u8.ToArray(),
        Zipped(new byte[1_000_000]),
    ];

    public IMutator Mutator { get; } = new ByteMutator(
        [
            "\""u8.ToArray(), "\r\n"u8.ToArray(), "\n\n"u8.ToArray(), ";"u8.ToArray(), "\t"u8.ToArray(),
            ","u8.ToArray(),
            [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x1F, 0x8B, 0x08], [0], "1e999"u8.ToArray(), "NaN"u8.ToArray(),
            "9999-12-31"u8.ToArray(),
        ],
        MaxBytes);

    public int InputsInTests => 1_500;

    public async Task TakeAsync(byte[] input, CancellationToken cancellation)
    {
        var env = new JobTestEnvironment { Objects = { [Key] = input } };
        try
        {
            var summary = await env.RunAsync(new CsvImport(), env.Upload(Key), cancellation);
            if (summary.Rows <= 0 || summary.ColumnCount <= 0) throw new FindingException($"It is {summary}.");
        }
        catch (JobFailedException e) when (e.Message.Length > 20)
        {
            // The run's reason.
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal)) gzip.Write(bytes);
        return zipped.ToArray();
    }
}
