namespace Jobs.Tests.EndToEndWorker;

/// <summary>Answers events of the default bus and of one that the stack does not make, with what they say.</summary>
[Job(StopTimeoutSeconds = 5)]
[OnEvent(Source = "com.example.numbers", DetailType = "Number", Detail = """{"number": [{"exists": true}]}""")]
[OnEvent(Source = "com.example.numbers", Bus = "numbers", Name = "on-the-bus")]
[Retry(BackoffSeconds = 0)]
public sealed class Answer : IJob<Event<Answer.Said>, string>
{
    public sealed record Said(int Number);

    public Task<string> RunAsync(Event<Said> input, JobContext job, CancellationToken stop) =>
        Task.FromResult($"{input.Source} said {input.Detail.Number} as {input.Id}");
}
