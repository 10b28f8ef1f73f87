using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Images;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Commands;

internal static class ImagesCommand
{
    public static Command Create(CliContext cli)
    {
        var assembly = new Option<string>("--assembly")
        {
            Description = "Folder of the synthesis. Default: cdk.out.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => StackNeeds.Output,
        };
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The least severity of a finding that is refused: CRITICAL, HIGH or MEDIUM.",
            HelpName = "SEVERITY",
            DefaultValueFactory = _ => ScanGate.Severities[0],
        };
        failOn.AcceptOnlyFromAmong([.. ScanGate.Severities]);
        var allow = new Option<string[]>("--allow")
        {
            Description = "A finding that is not refused, with the reason, or unscanned for an image that ECR cannot " +
                "scan; as often as wanted.",
            HelpName = "NAME=REASON",
        };
        var keep = new Option<string?>("--keep")
        {
            Description = "Pushes nothing: marks the images as those of a stage, whose images are kept.",
            HelpName = "STAGE",
        };
        var command = new CliCommand(
            "images",
            "Builds the images of a synthesis that has a repository of its own for them, pushes those that are not " +
            "there, and waits for their scan. Ends with 1 when an image is refused.",
            "dotnet jobs images",
            "dotnet jobs images --assembly cdk.out/production --fail-on HIGH --allow CVE-2026-1234=unreachable",
            "dotnet jobs images --assembly cdk.out/production --keep production")
        {
            assembly, failOn, allow, keep,
        };
        command.SetAction((parsed, cancellation) => new Guard(cli).RunAsync(async _ =>
        {
            var images = ImageAssembly.Read(parsed.GetValue(assembly)!);
            var registry = cli.Registry();
            if (parsed.GetValue(keep) is { } stage)
            {
                foreach (var image in images) await registry.TagAsync(image, $"{stage}-{image.Tag}", cancellation);
                return ExitCodes.Done;
            }

            var gate = new ScanGate(parsed.GetValue(failOn)!, Allowed(parsed.GetValue(allow) ?? []));
            return await new ImageRelease(cli, registry, gate).RunAsync(images, cancellation)
                ? ExitCodes.Done
                : ExitCodes.Failed;
        }));
        return command;
    }

    /// <exception cref="CliException">One has no reason.</exception>
    private static Dictionary<string, string> Allowed(IEnumerable<string> given)
    {
        var allowed = new Dictionary<string, string>();
        foreach (var one in given)
        {
            if (one.Split('=', 2) is not [{ Length: > 0 } name, var reason] || string.IsNullOrWhiteSpace(reason))
            {
                throw CliException.Usage($"A finding is allowed for a reason (given: '{one}'). Write NAME=REASON.");
            }

            allowed[name] = reason;
        }

        return allowed;
    }
}
