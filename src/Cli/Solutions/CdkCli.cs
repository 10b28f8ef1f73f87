using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Solutions;

/// <summary>
/// The CDK CLI, by npx, in the folder of an app. It builds and synthesizes once; what follows is about that synthesis.
/// https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd.html
/// </summary>
/// <param name="app">Folder of cdk.json.</param>
/// <param name="context">Each as <c>name=value</c>.</param>
internal sealed class CdkCli(IPrograms programs, string app, IReadOnlyList<string> context)
{
    /// <summary>It comes with Node.js.</summary>
    public const string Program = "npx";

    /// <exception cref="CliException">It does not build or synthesize; what is wrong has been printed.</exception>
    public Task SynthesizeAsync(CancellationToken cancellation) => RunAsync(
        [
            "synth", "--quiet", "--output", StackNeeds.Output,
            .. context.SelectMany(one => (string[])["--context", one]),
        ],
        "The app does not synthesize: mend what is said above.",
        cancellation);

    /// <summary>Prints what a deployment would change.</summary>
    /// <exception cref="CliException">It could not be compared.</exception>
    public Task DiffAsync(string? stack, CancellationToken cancellation) => RunAsync(
        ["diff", "--app", StackNeeds.Output, .. Named(stack)],
        "What would change could not be shown: see above.",
        cancellation);

    /// <summary>Deploys, with CloudFormation's events as its progress.</summary>
    /// <param name="outputs">File that gets the stack's outputs.</param>
    /// <exception cref="CliException">The deployment failed; why has been printed.</exception>
    public Task DeployAsync(string? stack, string outputs, CancellationToken cancellation) => RunAsync(
        [
            // The change has been shown and agreed to.
            "deploy", "--app", StackNeeds.Output, "--require-approval", "never", "--progress", "events",
            "--outputs-file", outputs, .. Named(stack),
        ],
        "The deployment failed: what is said above names the resource. CloudFormation has rolled it back.",
        cancellation);

    private async Task RunAsync(IReadOnlyList<string> arguments, string failure, CancellationToken cancellation)
    {
        var code = await programs.RunAsync(Program, ["--yes", "aws-cdk@2", .. arguments], app, cancellation);
        if (code != 0) throw CliException.Failed($"{failure} (cdk {arguments[0]} ended with exit code {code}.)");
    }

    private static string[] Named(string? stack) => stack is null ? [] : [stack];
}
