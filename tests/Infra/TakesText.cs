namespace Jobs.Tests.Infra;

/// <summary>Declared wrongly: an upload cannot give it text.</summary>
[OnUpload("text/")]
public sealed class TakesText : IJob<string, string>
{
    public Task<string> RunAsync(string input, JobContext job, CancellationToken stop) => Task.FromResult(input);
}
