using System.Text.Json.Nodes;

namespace Jobs.Tests.Infra;

/// <summary>
/// CloudFormation makes what a resource refers to, and what it depends on, before it. Whatever sends events comes
/// after all that handles them, so that an event in the midst of a deployment finds its handler.
/// </summary>
public sealed class OrderTests
{
    private static readonly Template Template = ManyJobs.Fifty.Template;

    private static readonly Dictionary<string, Resource> ById = Template.Resources.ToDictionary(
        resource => resource.Id);

    private static readonly Dictionary<string, HashSet<string>> Direct = Template.Resources.ToDictionary(
        resource => resource.Id, DirectlyBefore);

    private static readonly string[] WakerIds =
    [
        .. Template.OfType("AWS::Events::Rule")
            .Concat(Template.OfType("AWS::Scheduler::Schedule"))
            .Select(waker => waker.Id),
    ];

    public static TheoryData<string> Wakers => [.. WakerIds];

    [Fact]
    public void There_are_wakers_of_every_kind()
    {
        Assert.Contains(WakerIds, id => ById[id].Properties["EventPattern"] is not null);
        Assert.Contains(
            WakerIds,
            id => ById[id].Properties["ScheduleExpression"] is not null && ById[id].Type == "AWS::Events::Rule");
        Assert.Contains(WakerIds, id => ById[id].Type == "AWS::Scheduler::Schedule");
    }

    [Theory]
    [MemberData(nameof(Wakers))]
    public void Waker_comes_after_all_that_handles_what_it_sends(string waker)
    {
        var before = Before(waker);

        var needed = Targets(ById[waker]).Append(Undelivered()).SelectMany(Handlers).ToList();

        Assert.All(
            needed, resource => Assert.True(before.Contains(resource), $"{waker} may be made before {resource}."));
        Assert.True(needed.Count > 3);
    }

    [Theory]
    [MemberData(nameof(Wakers))]
    public void Waker_comes_after_all_that_a_run_may_start(string waker)
    {
        var before = Before(waker);

        Assert.All(
            [
                "AWS::ECS::TaskDefinition", "AWS::ECS::ClusterCapacityProviderAssociations",
                "AWS::Lambda::EventSourceMapping",
            ],
            type => Assert.Subset(before, Template.OfType(type).Select(resource => resource.Id).ToHashSet()));
    }

    [Fact]
    public void What_starts_tasks_comes_after_the_rule_that_hears_of_their_ends() =>
        Assert.All(WakerIds.Where(waker => Readable.WithoutHash(waker) != "JobsFunctionsTaskStopped"), waker =>
            Assert.Contains(Template.Named("JobsFunctionsTaskStopped").Id, Before(waker)));

    [Fact]
    public void Alarm_that_wakes_OnBacklog_comes_after_the_permission_to() => Assert.All(
        Template.OfType("AWS::CloudWatch::Alarm")
            .Where(alarm => alarm["AlarmActions"] == "<JobsFunctionsOnBacklogFunction.Arn>"),
        alarm => Assert.Contains(
            Template.OfType("AWS::Lambda::Permission")
                .Single(permission => permission["Principal"] == "lambda.alarms.cloudwatch.amazonaws.com").Id,
            Before(alarm.Id)));

    [Fact]
    public void Nothing_waits_for_itself() =>
        Assert.All(Template.Resources, resource => Assert.DoesNotContain(resource.Id, Before(resource.Id)));

    private static string Undelivered() => Template.Named("JobsFunctionsUndeliveredQueue").Id;

    /// <summary>The queues and functions that the rule or the schedule sends to.</summary>
    private static IEnumerable<string> Targets(Resource waker) =>
        (waker.Properties["Targets"]?.AsArray() ?? [waker.Properties["Target"]!.DeepClone()])
            .Select(target => target!["Arn"]!["Fn::GetAtt"]![0]!.ToString());

    /// <summary>
    /// A queue or a function, its policy, and the function that takes what is sent to it, with all that it needs.
    /// </summary>
    private static IEnumerable<string> Handlers(string target) => ById[target].Type == "AWS::Lambda::Function"
        ? [.. FunctionParts(target), .. Template.OfType("AWS::Lambda::Permission")
            .Where(permission => ByRules(permission, target)).Select(permission => permission.Id)]
        :
        [
            target,
            .. Template.OfType("AWS::SQS::QueuePolicy").Where(policy => RefersTo(policy, target))
                .Select(policy => policy.Id),
            .. Template.OfType("AWS::Lambda::EventSourceMapping").Where(source => RefersTo(source, target))
                .SelectMany(Takers),
        ];

    private static bool ByRules(Resource permission, string function) =>
        permission["Principal"] == "events.amazonaws.com" && RefersTo(permission, function);

    private static IEnumerable<string> Takers(Resource source) =>
        [source.Id, .. FunctionParts(source.Properties["FunctionName"]!["Ref"]!.ToString())];

    private static IEnumerable<string> FunctionParts(string function)
    {
        var role = ById[function].Properties["Role"]!["Fn::GetAtt"]![0]!.ToString();
        var policies = Template.OfType("AWS::IAM::Policy")
            .Where(
                policy => policy.Properties["Roles"]!.AsArray().Any(attached => attached!["Ref"]!.ToString() == role));
        return [function, role, .. policies.Select(
            policy => policy.Id), ById[function].Properties["LoggingConfig"]!["LogGroup"]!["Ref"]!.ToString()];
    }

    private static bool RefersTo(Resource resource, string id) => References(resource.Properties).Contains(id);

    private static HashSet<string> Before(string id)
    {
        var before = new HashSet<string>();
        var open = new Stack<string>(Direct[id]);
        while (open.TryPop(out var next))
        {
            if (!before.Add(next)) continue;
            foreach (var earlier in Direct[next]) open.Push(earlier);
        }

        return before;
    }

    private static HashSet<string> DirectlyBefore(Resource resource) =>
    [
        .. References(resource.Properties).Where(id => !id.StartsWith("AWS::", StringComparison.Ordinal)),
        .. Readable.Each(resource.Declaration["DependsOn"] ?? new JsonArray()).Where(id => id.Length > 0),
    ];

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject call when call["Ref"] is JsonValue id => [id.ToString()],
        JsonObject call when call["Fn::GetAtt"] is JsonArray path => [path[0]!.ToString()],
        JsonObject other => other.SelectMany(member => References(member.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };
}
