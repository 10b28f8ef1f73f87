using Jobs.Core;
using Jobs.Local.Ground;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>What a person types next.</summary>
internal static class HowTo
{
    public static void Print(IAnsiConsole console, Laptop laptop)
    {
        var lines = new Rows(
            new Text($"export AWS_ENDPOINT_URL={laptop.Endpoint.ToString().TrimEnd('/')}"),
            new Text(
                $"export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION={Laptop.Region} " +
                $"AWS_DEFAULT_REGION={Laptop.Region}   # unless you have your own",
                new Style(Color.Grey)),
            new Text($"aws s3 cp YOUR.csv s3://{laptop.Bucket}/incoming/"),
            new Text($"aws s3 cp YOUR.jpg s3://{laptop.Bucket}/photos/"),
            new Text("aws logs tail /jobs/jobs/csv-import --follow   # version 2 of the CLI"),
            // It is the only stack here, which the command line finds by itself.
            new Text($"dotnet run --project src/Cli -- status   # installed: {CommandLines.WithoutStack.Status()}"));
        console.Write(
            new Panel(lines) { Header = new PanelHeader("Upload your own, and watch"), Border = BoxBorder.Rounded });
    }
}
