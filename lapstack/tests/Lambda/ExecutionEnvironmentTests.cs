using Lapstack.Services.Lambda;

namespace Lapstack.Tests.Lambda;

public sealed class ExecutionEnvironmentTests
{
    [Fact]
    public async Task Function_answers_with_what_it_returned_and_gets_the_documented_headers()
    {
        await using var bench = new LambdaBench();

        var answer = await bench.InvokeAsync("""{"n":1}""");

        Assert.False(answer["failed"]!.GetValue<bool>());
        Assert.Equal("""{"n":1}""", answer["event"]!.ToJsonString());
        Assert.Equal(bench.Function.Arn, answer["arn"]!.GetValue<string>());
        Assert.Equal(
            bench.Clock.GetUtcNow().AddSeconds(3).ToUnixTimeMilliseconds(), answer["deadline"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("GREETING", "hello")]
    [InlineData("EXTRA", "given")]
    [InlineData("AWS_LAMBDA_FUNCTION_NAME", "worker")]
    [InlineData("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")]
    [InlineData("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/worker")]
    [InlineData("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")]
    [InlineData("AWS_ACCESS_KEY_ID", "ASIAWORKER")]
    [InlineData("AWS_REGION", "us-east-1")]
    [InlineData("_HANDLER", "bootstrap")]
    public async Task Environment_holds_the_documented_variable(string name, string value)
    {
        await using var bench = new LambdaBench();

        var answer = await bench.InvokeAsync($$"""{"variable":"{{name}}"}""");

        Assert.Equal(value, answer["variable"]?.GetValue<string>());
    }

    [Fact]
    public async Task Function_that_is_never_idle_is_started_anew_before_its_credentials_expire()
    {
        await using var bench = new LambdaBench { Lifetime = TimeSpan.FromMinutes(31) };
        var (start, first) = (bench.Clock.GetUtcNow(), (await bench.InvokeAsync("{}"))["pid"]!.GetValue<int>());

        do bench.Clock.Advance(TimeSpan.FromSeconds(20));
        while ((await bench.InvokeAsync("{}"))["pid"]!.GetValue<int>() == first);

        Assert.Equal(TimeSpan.FromMinutes(1), bench.Clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task Function_cannot_be_given_another_role_by_its_environment()
    {
        await using var bench = new LambdaBench(e => e["AWS_ACCESS_KEY_ID"] = "AKIAOTHER");

        var answer = await bench.InvokeAsync("""{"variable":"AWS_ACCESS_KEY_ID"}""");

        Assert.Equal("ASIAWORKER", answer["variable"]?.GetValue<string>());
    }

    [Fact]
    public async Task Environment_is_used_again_after_an_answer_and_after_an_error()
    {
        await using var bench = new LambdaBench();

        var first = await bench.InvokeAsync("{}");
        var error = await bench.InvokeAsync("""{"fail":"bad input"}""");
        var second = await bench.InvokeAsync("{}");

        Assert.True(error["failed"]!.GetValue<bool>());
        Assert.Equal("bad input", error["errorMessage"]!.GetValue<string>());
        Assert.Equal(first["pid"]!.GetValue<int>(), second["pid"]!.GetValue<int>());
    }

    [Fact]
    public async Task Environment_that_was_idle_for_30_seconds_is_stopped()
    {
        await using var bench = new LambdaBench();
        var first = await bench.InvokeAsync("{}");

        await bench.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
        var second = await bench.InvokeAsync("{}");

        Assert.NotEqual(first["pid"]!.GetValue<int>(), second["pid"]!.GetValue<int>());
    }

    [Fact]
    public async Task Two_events_at_once_run_in_two_environments()
    {
        await using var bench = new LambdaBench();

        var answers = await Task.WhenAll(bench.InvokeAsync("{}"), bench.InvokeAsync("{}"));

        Assert.NotEqual(answers[0]["pid"]!.GetValue<int>(), answers[1]["pid"]!.GetValue<int>());
    }

    [Fact]
    public async Task Function_with_one_reserved_place_works_on_one_event_after_the_other()
    {
        await using var bench = new LambdaBench(reservedConcurrency: 1);

        var answers = await Task.WhenAll(bench.InvokeAsync("{}"), bench.InvokeAsync("{}"));

        Assert.Equal(answers[0]["pid"]!.GetValue<int>(), answers[1]["pid"]!.GetValue<int>());
    }

    [Fact]
    public async Task Function_that_hangs_is_killed_at_its_timeout()
    {
        await using var bench = new LambdaBench(timeout: TimeSpan.FromSeconds(3));
        var warm = await bench.InvokeAsync("{}");

        var hanging = bench.InvokeAsync("""{"hang":true,"print":"begun"}""");
        await bench.UntilAsync(() => Log(bench).Contains("begun"));
        await bench.Clock.TimerWithinAsync(TimeSpan.FromSeconds(3));
        bench.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(hanging.IsCompleted);
        bench.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var answer = await hanging;

        Assert.Equal("Sandbox.Timedout", answer["errorType"]!.GetValue<string>());
        Assert.EndsWith(
            "Task timed out after 3.00 seconds", answer["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(
            "Task timed out after 3.00 seconds", answer["log"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEqual(warm["pid"]!.GetValue<int>(), (await bench.InvokeAsync("{}"))["pid"]!.GetValue<int>());
    }

    [Fact]
    public async Task Function_that_exits_before_answering_is_an_exit_error_and_is_replaced()
    {
        await using var bench = new LambdaBench();

        var answer = await bench.InvokeAsync("""{"exit":3}""");

        Assert.True(answer["failed"]!.GetValue<bool>());
        Assert.Equal("Runtime.ExitError", answer["errorType"]!.GetValue<string>());
        Assert.EndsWith(
            "Runtime exited with error: exit status 3",
            answer["errorMessage"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.False((await bench.InvokeAsync("{}"))["failed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Function_that_reports_an_init_error_fails_with_it()
    {
        await using var bench = new LambdaBench(e => e["FAIL_INIT"] = "report");

        var answer = await bench.InvokeAsync("{}");

        Assert.True(answer["failed"]!.GetValue<bool>());
        Assert.Equal("no table", answer["errorMessage"]!.GetValue<string>());
    }

    [Fact]
    public async Task Function_that_exits_during_init_is_an_exit_error()
    {
        await using var bench = new LambdaBench(e => e["FAIL_INIT"] = "exit");

        var answer = await bench.InvokeAsync("{}");

        Assert.EndsWith("exit status 9", answer["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_without_its_program_fails_with_the_missing_path()
    {
        await using var bench = new LambdaBench();
        File.Delete(Path.Combine(bench.Function.CodeFolder, "bootstrap"));

        var answer = await bench.InvokeAsync("{}");

        Assert.Equal("Runtime.InvalidEntrypoint", answer["errorType"]!.GetValue<string>());
        Assert.Contains(
            bench.Function.CodeFolder, answer["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_goes_to_the_log_after_start_beside_end_and_report()
    {
        await using var bench = new LambdaBench();

        await bench.InvokeAsync("""{"print":"counting lines"}""");

        // What a program prints comes through a pipe of its own: a busy machine may read it after the answer.
        var begin = TimeProvider.System.GetTimestamp();
        while (
            !Log(bench).Contains("counting lines") && TimeProvider.System.GetElapsedTime(begin) < LambdaBench.Patience)
        {
            await Task.Yield();
        }

        var lines = Log(bench);
        Assert.StartsWith("START RequestId: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("counting lines", lines);
        Assert.Single(lines, line => line.StartsWith("END RequestId: ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("REPORT RequestId: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_above_six_megabytes_is_the_functions_error()
    {
        await using var bench = new LambdaBench();
        var invocation = new Invocation("00000000-0000-4000-8000-000000000000", System.Text.Encoding.UTF8.GetBytes(
            $$"""{"raw":"{{new string('x', 7 * 1024 * 1024)}}"}"""));

        var answer = await bench.Pool.InvokeAsync(invocation, CancellationToken.None).WaitAsync(LambdaBench.Patience);

        Assert.StartsWith("Function.ResponseSizeTooLarge", answer.Summary(), StringComparison.Ordinal);
    }

    private static List<string> Log(LambdaBench bench) =>
        [.. (bench.Logs.Find("/aws/lambda/worker")?.Streams ?? []).SelectMany(s => s.Read()).Select(e => e.Message)];
}
