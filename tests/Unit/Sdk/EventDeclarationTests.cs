using System.Text.Json;
using Jobs.Core.Definitions;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Declarations;
using Jobs.Tests.Unit.Functions;

namespace Jobs.Tests.Unit.Sdk;

public sealed class EventDeclarationTests
{
    [Fact]
    public void Triggers_of_a_job_become_its_definition_and_survive_being_written_and_read()
    {
        var job = JobDefinitions.From(typeof(Review));
        var read = JobCatalog.Parse(new JobCatalog([job]).ToJson()).Jobs[0];

        Assert.Equal(
            [
                new EventTrigger("com-example-orders-order-failed")
                {
                    Source = "com.example.orders",
                    DetailType = "Order Failed",
                    Detail = """{"state": ["failed"]}""",
                    Priority = 2,
                },
                new EventTrigger("lost") { Pattern = """{"source": ["a", "b"]}""", Bus = "orders" },
            ],
            job.Events.OrderBy(trigger => trigger.Name, StringComparer.Ordinal));
        Assert.Equal(job.Events, read.Events);
        Assert.Empty(DefinitionRules.Check("shop", job));
    }

    [Fact]
    public void Job_that_takes_an_Event_gets_all_of_it()
    {
        Assert.True(Assert.Single(JobDefinitions.From(typeof(Audit)).Events).TakesEvent);
        Assert.False(Assert.Single(JobDefinitions.From(typeof(Plain)).Events).TakesEvent);
    }

    [Fact]
    public async Task Detail_is_read_into_the_jobs_type_whatever_the_case_of_its_names()
    {
        Assert.Equal("4711", await RunAsync(typeof(Plain), """{"Order": 4711, "more": true}"""));
        Assert.Equal("4711", await RunAsync(typeof(Plain), """{"order": 4711}"""));
    }

    [Fact]
    public async Task Event_is_read_with_its_envelope()
    {
        var result = await RunAsync(typeof(Audit), SampleEvents.Read("custom-order-failed.json").ToJsonString());

        Assert.Equal(
            "6a7e8feb-b491-4cf7-a9f1-bf3703467718, com.example.orders, Order Failed, 2026-01-05T08:00:00.0000000+00:00" +
            ", 111122223333, us-west-1, urn:order:4711, 4711",
            JsonSerializer.Deserialize<string>(result));
    }

    [Theory]
    [InlineData(typeof(Plain), """{"order": "many"}""", "The input of plain is not a Order: ", "Path: $.order")]
    [InlineData(typeof(Plain), "{}", "The input of plain is not a Order: ", "'order'")]
    [InlineData(typeof(Audit), """{"id": "1", "source": "a", "detail-type": "b", "detail": {"order": []}}""",
        "The input of audit is not a Event<Order>: ", "Path: $.detail.order")]
    public async Task Detail_of_another_type_fails_the_run_and_names_the_place(
        Type job, string input, string what, string place)
    {
        var failed = await Assert.ThrowsAsync<JobFailedException>(() => RunAsync(job, input));

        Assert.StartsWith(what, failed.Message, StringComparison.Ordinal);
        Assert.Contains(place, failed.Message, StringComparison.Ordinal);
    }

    private static Task<string> RunAsync(Type type, string input) =>
        ((RunJobType)JobType.Of(type)).RunAsync(
            Activator.CreateInstance(type)!, input, null!, CancellationToken.None);

    public sealed record Order([property: System.Text.Json.Serialization.JsonPropertyName("order")] int Number);

    [OnEvent(Source = "com.example.orders", DetailType = "Order Failed", Detail = """{"state": ["failed"]}""",
        Priority = 2)]
    [OnEvent(Pattern = """{"source": ["a", "b"]}""", Bus = "orders", Name = "lost")]
    private sealed class Review : Idle;

    [OnEvent(Source = "com.example.orders")]
    private sealed class Plain : Idle;

    [OnEvent(Source = "com.example.orders")]
    private sealed class Audit : IJob<Event<Order>, string>
    {
        public Task<string> RunAsync(Event<Order> input, JobContext job, CancellationToken stop) => Task.FromResult(
            string.Join(
                ", ",
                input.Id,
                input.Source,
                input.DetailType,
                input.Time.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                input.Account,
                input.Region,
                input.Resources.Single(),
                input.Detail.Number));
    }

    private abstract class Idle : IJob<Order, int>
    {
        public Task<int> RunAsync(Order input, JobContext job, CancellationToken stop) =>
            Task.FromResult(input.Number);
    }
}
