using Jobs.Local.Ground;
using Jobs.Local.Output;

namespace Jobs.Local.Synthesis;

/// <summary>
/// Makes the cloud assembly that `cdk deploy` would deploy: builds the stack with its functions and its worker, and
/// synthesizes it. Does nothing while nothing it is made from has changed.
/// </summary>
internal sealed class StackSynthesis(Workspace workspace, Steps steps)
{
    /// <summary>
    /// The laptop's only differences from a deployment without context: an admin's address, and that stand-ins for
    /// AWS's packages will do.
    /// </summary>
    private const string Context = """{"adminEmails":"admin@example.com","jobs:deployTestOnlyPackages":"i-know"}""";

    private const string StampFile = "inputs.sha256";

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var stamp = InputStamp.Of(workspace.Root, Context);
        var stampFile = Path.Combine(workspace.CloudAssembly, StampFile);
        if (File.Exists(stampFile) && await File.ReadAllTextAsync(stampFile, cancellation) == stamp)
        {
            steps.Note("The stack is synthesized already, from the same inputs.");
            return;
        }

        await NodeJs.RequireAsync(NodeJs.Program, workspace.Root, cancellation);
        await steps.StepAsync("Building the stack, its functions and its worker", () => BuildAsync(cancellation));
        await steps.StepAsync("Synthesizing the stack (CDK)", () => SynthesizeAsync(stamp, cancellation));
    }

    private Task<string> BuildAsync(CancellationToken cancellation) => Tool.RunAsync(
        "dotnet",
        ["build", "infra-cdk/Infra.csproj", "--nologo", "--verbosity", "quiet", "-p:RunAnalyzers=false"],
        workspace.Root,
        new Dictionary<string, string>(),
        cancellation);

    private async Task SynthesizeAsync(string stamp, CancellationToken cancellation)
    {
        // Beside the old one, so that a synthesis that fails or is interrupted leaves nothing half-made.
        var fresh = workspace.CloudAssembly + ".new";
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        Directory.CreateDirectory(fresh);
        await Tool.RunAsync(
            "dotnet",
            [Path.Combine(workspace.Root, "infra-cdk", "bin", "Debug", "net10.0", "Jobs.Infra.dll")],
            Path.Combine(workspace.Root, "infra-cdk"),
            new Dictionary<string, string>
            {
                ["CDK_OUTDIR"] = fresh,
                ["CDK_CONTEXT_JSON"] = Context,
                ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "1",
            },
            cancellation);
        await File.WriteAllTextAsync(Path.Combine(fresh, StampFile), stamp, cancellation);
        if (Directory.Exists(workspace.CloudAssembly)) Directory.Delete(workspace.CloudAssembly, recursive: true);
        Directory.Move(fresh, workspace.CloudAssembly);
    }
}
