using Jobs.Core;
using Jobs.Local.Ground;
using Jobs.Page;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>What a person types next.</summary>
internal static class HowTo
{
    private const string Repository = "dotnet run --project src/";

    /// <summary>How the stack is kept running: in this project's repository without an installation.</summary>
    public static string Up(Workspace workspace) =>
        workspace.HasSampleJobs ? $"{Repository}Local -- up" : CommandLines.Up();

    public static void Print(IAnsiConsole console, Workspace workspace, Laptop laptop)
    {
        IEnumerable<string> own = workspace.HasSampleJobs ? OfSampleJobs(laptop) : OfOwnJobs(laptop);
        var lines = new Rows(
        [
            new Text($"export AWS_ENDPOINT_URL={laptop.Endpoint.ToString().TrimEnd('/')}"),
            new Text(
                $"export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION={Laptop.Region} " +
                $"AWS_DEFAULT_REGION={Laptop.Region}   # unless you have your own",
                new Style(Color.Grey)),
            .. own.Select(line => new Text(line)),
        ]);
        console.Write(
            new Panel(lines) { Header = new PanelHeader("Upload your own, and watch"), Border = BoxBorder.Rounded });
    }

    /// <summary>One line, however long: an address that is broken cannot be opened.</summary>
    public static void PrintPage(IAnsiConsole console, PageServer page) =>
        console.Profile.Out.Writer.WriteLine($"The page: {page.Address}");

    // It is the only stack here, which the command line finds by itself.
    private static IEnumerable<string> OfSampleJobs(Laptop laptop) =>
    [
        $"aws s3 cp YOUR.csv s3://{laptop.Bucket}/incoming/",
        $"aws s3 cp YOUR.jpg s3://{laptop.Bucket}/photos/",
        "aws logs tail /jobs/jobs/csv-import --follow   # version 2 of the CLI",
        $"{Repository}Cli -- status   # installed: {CommandLines.WithoutStack.Status()}",
    ];

    private static IEnumerable<string> OfOwnJobs(Laptop laptop) =>
    [
        $"{CommandLines.WithoutStack.List()}   # the jobs, and what starts each",
        $"aws s3 cp FILE s3://{laptop.Bucket}/PREFIX/",
        CommandLines.WithoutStack.Status(),
    ];
}
