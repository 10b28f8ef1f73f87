using Jobs.Core;
using Jobs.Core.Triggers;

namespace Jobs.Cli.Verify;

/// <summary>From an object in the bucket to a result in the table.</summary>
internal sealed class UploadTrial(Stage stage)
    : Trial("upload", "An upload starts a run, which reads the object and records a result.")
{
    protected override async Task<Finding> TryAsync(CancellationToken cancellation)
    {
        var token = stage.TokenOf(Name);
        var asked = stage.Clock.GetUtcNow();
        var upload = await stage.Probe.UploadAsync(
            $"{CanaryNames.Prefix}{token}{CanaryNames.Suffix}", token, CancellationToken.None);
        stage.Traces.Add($"{upload}", removal => stage.Probe.RemoveAsync(upload, removal));
        var run = UploadIntake.Identify(CanaryNames.OfUploads, upload);
        stage.Leave(run);
        var end = await stage.EndOfAsync(run, RunState.Succeeded, cancellation);
        stage.CheckToken(end, token);
        return Kept($"Run {run} read it, {stage.Since(asked)} after the upload.");
    }
}
