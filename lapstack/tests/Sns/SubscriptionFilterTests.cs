using System.Text.Json.Nodes;
using Lapstack.Services.Sns;

namespace Lapstack.Tests.Sns;

public sealed class SubscriptionFilterTests
{
    private const string Order =
        """{"job":{"Type":"String","Value":"orders"},"price":{"Type":"Number","Value":"100.0"},"tags":{"Type":"String.Array","Value":"[\"a\",7]"},"raw":{"Type":"Binary","Value":"AA=="}}""";

    [Theory]
    [InlineData("""{"job":["billing","orders"]}""", true)]
    [InlineData("""{"job":["billing"]}""", false)]
    [InlineData("""{"job":["Orders"]}""", false)]
    [InlineData("""{"job":[{"prefix":"ord"}]}""", true)]
    [InlineData("""{"job":["orders"],"kind":["failed"]}""", false)]
    [InlineData("""{"kind":[{"exists":false}]}""", true)]
    [InlineData("""{"job":[{"anything-but":["orders"]}]}""", false)]
    [InlineData("""{"price":[{"numeric":[">=",100]}]}""", true)]
    [InlineData("""{"price":[100]}""", true)]
    [InlineData("""{"price":["100.0"]}""", false)]
    [InlineData("""{"tags":["a"]}""", true)]
    [InlineData("""{"tags":[7]}""", true)]
    [InlineData("""{"raw":[{"exists":true}]}""", false)]
    [InlineData("""{"$or":[{"kind":["failed"]},{"job":["orders"]}]}""", true)]
    public void Policy_on_attributes_takes_what_it_says(string policy, bool takes) => Assert.Equal(
        takes, Read(policy).Takes("text", JsonNode.Parse(Order)!.AsObject()));

    [Theory]
    [InlineData("""{"detail":{"state":["failed"]}}""", """{"detail":{"state":"failed"}}""", true)]
    [InlineData("""{"detail":{"state":["failed"]}}""", """{"detail":{"state":"ok"}}""", false)]
    [InlineData("""{"state":["failed"]}""", "failed", false)]
    [InlineData("""{"state":[{"exists":false}]}""", "[]", false)]
    public void Policy_on_the_body_reads_it_as_json(string policy, string body, bool takes) => Assert.Equal(
        takes, Read(policy, "MessageBody").Takes(body, []));

    [Theory]
    [InlineData("""{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}""", null, "at most 5 keys")]
    [InlineData("""{"a":{"b":["1"]}}""", null, "not nested")]
    [InlineData("""{"a":["1"]}""", "Elsewhere", "FilterPolicyScope")]
    [InlineData("""{"a":[]}""", null, "Empty arrays")]
    [InlineData("""{"a":[{"like":"x"}]}""", null, "like")]
    public void Policy_that_SNS_refuses_is_refused(string policy, string? scope, string why) => Assert.Contains(
        why, Assert.Throws<FormatException>(() => Read(policy, scope)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(150, true)]
    [InlineData(151, false)]
    public void Policy_has_at_most_150_combinations(int values, bool isTaken)
    {
        JsonNode[] jobs = [.. Enumerable.Range(0, values).Select(i => JsonValue.Create($"j{i}"))];
        var policy = new JsonObject { ["job"] = new JsonArray(jobs) };

        if (isTaken) Assert.True(SubscriptionFilter.Read(policy, null).Takes("", Attributes("j149")));
        else Assert.Throws<FormatException>(() => SubscriptionFilter.Read(policy, null));
    }

    private static JsonObject Attributes(string job) =>
        new() { ["job"] = new JsonObject { ["Type"] = "String", ["Value"] = job } };

    private static SubscriptionFilter Read(string policy, string? scope = null) =>
        SubscriptionFilter.Read(JsonNode.Parse(policy)!.AsObject(), scope);
}
