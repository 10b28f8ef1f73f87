namespace Jobs.Tests.Unit.Sdk;

/// <summary>A job that does what its test says.</summary>
[Job(TimeoutMinutes = 10, StopTimeoutSeconds = 60)]
internal sealed class ScriptedJob(ScriptedJob.Script script) : IJob<Upload, ScriptedJob.Answer>
{
    public delegate Task<Answer> Script(Upload upload, JobContext job, CancellationToken stop);

    public Task<Answer> RunAsync(Upload input, JobContext job, CancellationToken stop) => script(input, job, stop);

    internal sealed record Answer(string Text);
}
