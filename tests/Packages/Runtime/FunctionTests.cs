using System.Text.Json;

namespace Jobs.Tests.Packages.Runtime;

/// <summary>The generated Main, the serializer and the loop, together in a process of their own.</summary>
public class FunctionTests
{
    private const string Event = """
        {"version":"0","id":"e","detail-type":"Question","source":"test","account":"1","time":"2026-01-05T08:00:00Z","region":"eu-west-1",
        "resources":[],"detail":{"Name":"Ada"}}
        """;

    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);
    private static readonly (string, string) Once = ("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE", "true");

    [Fact]
    public async Task Event_handled_posts_the_result_and_the_context_is_the_invocations()
    {
        using var api = new FakeRuntimeApi(HalfAMinute, Event);

        var ended = await FunctionProcess.RunAsync("OnEvent", api, Once);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        var posted = api.Posted("/invocation/request-1/response");
        Assert.Equal("application/json", posted.Headers["Content-Type"]);
        using var answer = JsonDocument.Parse(posted.Body);
        Assert.Equal("hello Ada", answer.RootElement.GetProperty("Text").GetString());
        Assert.Equal("2026-01-05T08:00:00Z", answer.RootElement.GetProperty("At").GetString());
        Assert.Equal("Question", answer.RootElement.GetProperty("DetailType").GetString());
        Assert.Equal(FakeRuntimeApi.Trace, answer.RootElement.GetProperty("Trace").GetString());
        Assert.Equal(FakeRuntimeApi.FunctionArn, answer.RootElement.GetProperty("FunctionArn").GetString());
        Assert.Equal(
            "AWS_Lambda_dotnet10_lib/amazon-lambda-annotations#2.3.0.0",
            answer.RootElement.GetProperty("Executed").GetString());
        Assert.InRange(answer.RootElement.GetProperty("RemainingMilliseconds").GetInt64(), 1, 30_000);
        Assert.False(answer.RootElement.TryGetProperty("LeftOut", out _));
    }

    [Fact]
    public async Task Deadline_passed_leaves_negative_time()
    {
        using var api = new FakeRuntimeApi(TimeSpan.FromSeconds(-5), Event);

        await FunctionProcess.RunAsync("OnEvent", api, Once);

        using var answer = JsonDocument.Parse(api.Posted("/invocation/request-1/response").Body);
        Assert.True(answer.RootElement.GetProperty("RemainingMilliseconds").GetInt64() <= -5000);
    }

    [Fact]
    public async Task Batch_handled_in_part_names_its_failures_with_a_scope_for_each_event()
    {
        const string Batch = """{"Records":[{"messageId":"1","body":"good","attributes":{"ApproximateReceiveCount":"1"}},{"messageId":"2","body":"bad"}]}""";
        using var api = new FakeRuntimeApi(HalfAMinute, Batch, Batch, "no json");

        var ended = await RunUntilRefusedAsync("OnQueue", api);

        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"2"}]}""", api.Posted("/invocation/request-1/response").Body);
        Assert.Contains(
            "\trequest-1\tinfo\thello, received 2 messages in scope 1", ended.Output, StringComparison.Ordinal);
        Assert.Contains(
            "\trequest-2\tinfo\thello, received 2 messages in scope 2", ended.Output, StringComparison.Ordinal);
        Assert.Contains(
            "JsonSerializerException",
            api.Posted("/invocation/request-3/error").Headers["Lambda-Runtime-Function-Error-Type"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_that_throws_posts_the_error_document_and_the_loop_goes_on()
    {
        using var api = new FakeRuntimeApi(HalfAMinute, """{"Name":"a"}""", """{"Name":"b"}""");

        var ended = await RunUntilRefusedAsync("OnFailure", api);

        var posted = api.Posted("/invocation/request-1/error");
        Assert.Equal("application/vnd.aws.lambda.error+json", posted.Headers["Content-Type"]);
        Assert.Equal("InvalidOperationException", posted.Headers["Lambda-Runtime-Function-Error-Type"]);
        using var document = JsonDocument.Parse(posted.Body);
        Assert.Equal("InvalidOperationException", document.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("hello, a failed", document.RootElement.GetProperty("errorMessage").GetString());
        Assert.StartsWith(
            "at Sample.Functions.OnFailure(",
            document.RootElement.GetProperty("stackTrace")[0].GetString(),
            StringComparison.Ordinal);
        Assert.Equal(
            "TimeoutException", document.RootElement.GetProperty("cause").GetProperty("errorType").GetString());
        using var cause = JsonDocument.Parse(posted.Headers["Lambda-Runtime-Function-XRay-Error-Cause"]);
        Assert.Equal(
            "hello, a failed", cause.RootElement.GetProperty("exceptions")[0].GetProperty("message").GetString());
        Assert.Contains("hello, b failed", api.Posted("/invocation/request-2/error").Body, StringComparison.Ordinal);
        Assert.Contains(
            "\trequest-1\tfail\tSystem.InvalidOperationException: hello, a failed",
            ended.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Startup_that_throws_ends_the_process_before_any_event()
    {
        using var api = new FakeRuntimeApi(HalfAMinute, Event);

        var ended = await FunctionProcess.RunAsync("OnEvent", api, Once, ("SAMPLE_BROKEN", "no table name"));

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("no table name", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, api.Posts);
    }

    [Fact]
    public async Task Sandbox_that_refuses_the_result_ends_the_process()
    {
        using var api = new FakeRuntimeApi(HalfAMinute, Event) { PostStatus = 500 };

        var ended = await FunctionProcess.RunAsync("OnEvent", api);

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("500", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OnNothing")]
    [InlineData("")]
    public async Task Handler_unknown_ends_the_process_quietly(string handler)
    {
        var ended = await FunctionProcess.RunAsync(handler, api: null);

        Assert.Equal(new Ended(0, "", ""), ended);
    }

    [Fact]
    public async Task Log_format_json_writes_objects_with_the_arguments()
    {
        using var api = new FakeRuntimeApi(HalfAMinute, """{"Records":[]}""");

        var ended = await FunctionProcess.RunAsync("OnQueue", api, Once, ("AWS_LAMBDA_LOG_FORMAT", "JSON"));

        using var line = JsonDocument.Parse(
            Assert.Single(ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("hello, received 0 messages in scope 1", line.RootElement.GetProperty("message").GetString());
        Assert.Equal(0, line.RootElement.GetProperty("count").GetInt32());
        Assert.Equal("request-1", line.RootElement.GetProperty("requestId").GetString());
        Assert.Equal("Information", line.RootElement.GetProperty("level").GetString());
    }

    [Fact]
    public async Task Log_level_raised_drops_what_is_below()
    {
        using var api = new FakeRuntimeApi(HalfAMinute, """{"Records":[]}""");

        var ended = await FunctionProcess.RunAsync("OnQueue", api, Once, ("AWS_LAMBDA_LOG_LEVEL", "ERROR"));

        Assert.Equal("", ended.Output);
    }

    /// <summary>Without RUN_ONCE the loop goes on until the API refuses: after the last event it does.</summary>
    private static Task<Ended> RunUntilRefusedAsync(string handler, FakeRuntimeApi api)
    {
        api.RefuseWhenDrained = true;
        return FunctionProcess.RunAsync(handler, api);
    }
}
