using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Solutions;

namespace Jobs.Cli.Commands;

internal static class InitCommand
{
    public static Command Create(CliContext cli)
    {
        var name = new Argument<string?>("name")
        {
            Description = "Of the solution, and of its folder. Default: it is asked for.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var kinds = JobKind.All.Select(kind => (
            Kind: kind, Option: new Option<bool>($"--{kind.Name}") { Description = kind.Description })).ToList();
        var source = new Option<string?>("--source")
        {
            Description = "Feed or folder that has the template's package. Default: NuGet's own.",
            HelpName = "FEED",
        };
        var pipeline = new Option<string?>("--pipeline")
        {
            Description = "What tests, deploys and verifies what is pushed: a workflow of GitHub, or AWS CodePipeline. "
                + "Default: github.",
        };
        pipeline.AcceptOnlyFromAmong("github", NewSolution.CodePipeline);
        var command = new CliCommand(
            "init",
            "Makes a new solution by the template of jobs: a worker with a job for uploads, its CDK stack, tests, and a " +
            "workflow that deploys. Asks for what the command line does not say.",
            "dotnet jobs init",
            "dotnet jobs init Acme --schedule --queue",
            "dotnet jobs init Acme --pipeline codepipeline")
        {
            name, source, pipeline,
        };
        foreach (var (_, option) in kinds) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => new Guard(cli).RunAsync(async _ =>
        {
            var chosen = kinds.Where(one => parsed.GetValue(one.Option)).Select(one => one.Kind).ToList();
            var solution = new NewSolution(cli, ToolVersion.Current, parsed.GetValue(source));
            await solution.MakeAsync(
                parsed.GetValue(name), chosen, parsed.GetValue(pipeline), cancellation);
            return ExitCodes.Done;
        }));
        return command;
    }
}
