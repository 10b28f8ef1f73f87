using System.Globalization;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.CloudFormation;

/// <summary>
/// CloudFormation on the wire (Query, XML), for who looks up the running stack, its outputs, resources and events.
/// </summary>
internal sealed class CloudFormationService : QueryService
{
    /// <summary>
    /// CloudFormation gives each stack an id of its own; here a stack is the only one of its name, ever.
    /// </summary>
    private const string StackUuid = "00000000-0000-0000-0000-000000000000";

    private const int PageSize = 100;

    private readonly Account _account;
    private readonly CloudAssembly _assembly;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _createdAt;
    private RunningStack? _running;

    public CloudFormationService(Account account, CloudAssembly assembly, TimeProvider clock)
        : base("cloudformation", "http://cloudformation.amazonaws.com/doc/2010-05-15/")
    {
        (_account, _assembly, _clock, _createdAt) = (account, assembly, clock, clock.GetUtcNow());
        Add("DescribeStacks", ReadDescribeStacks);
        Add("ListStacks", ReadListStacks);
        Add("ListStackResources", call => OnStack(call, stack =>
            Page(call, "StackResourceSummaries", stack.Stack.Resources.Select(stack.Summarize))));
        Add("DescribeStackEvents", call => OnStack(call, stack => Page(call, "StackEvents", stack.Events())));
        Add("DescribeStackResource", call => OnStack(call, stack => [stack.Detail(Resource(call, stack))]));
        Add("DescribeStackResources", ReadDescribeStackResources);
        Add("GetTemplate", call => OnStack(call, stack => Template(call, stack)));
    }

    /// <summary>Set once its resources exist; null before.</summary>
    public Stack? Running
    {
        get => _running?.Stack;
        set => _running = value is null ? null : new RunningStack(
            value, _account.Arn(
                "cloudformation",
                $"stack/{value.Name}/{StackUuid}"), _assembly.Template, _createdAt, _clock.GetUtcNow());
    }

    private Operation ReadDescribeStacks(QueryCall call)
    {
        var stacks = new[] { call.Field("StackName") is { } name ? Find(name) : _running }.OfType<RunningStack>();
        return call.Answer(
            [Access(call)], _ => Answer(new XElement("Stacks", stacks.Select(stack => stack.Describe()))));
    }

    private Operation ReadListStacks(QueryCall call)
    {
        var filter = call.Fields.Where(field => field.Key.StartsWith("StackStatusFilter.", StringComparison.Ordinal))
            .Select(field => field.Value)
            .ToList();
        var stacks = new[] { _running }.OfType<RunningStack>()
            .Where(_ => filter.Count == 0 || filter.Contains(RunningStack.Status));
        return call.Answer([new AccessRequest("cloudformation:ListStacks", "*")], _ =>
            Answer(new XElement("StackSummaries", stacks.Select(stack => stack.Summarize()))));
    }

    /// <summary>By the stack's name, or by the physical id of one resource.</summary>
    private Operation ReadDescribeStackResources(QueryCall call)
    {
        if (call.Field("PhysicalResourceId") is { } id && call.Field("StackName") is null)
        {
            var found = _running?.Stack.Resources.Any(resource => resource.Ref == id) == true
                ? _running : throw new ServiceError("ValidationError", $"Stack for {id} does not exist");
            return call.Answer(
                [new AccessRequest("cloudformation:DescribeStackResources", found.Id)], _ => Answer(Resources(found)));
        }
        return OnStack(call, stack =>
            [Resources(stack, call.Field("LogicalResourceId") is null
                ? stack.Stack.Resources : [Resource(call, stack)])]);
    }

    private static XElement Resources(RunningStack stack, IEnumerable<StackResource>? resources = null) =>
        new("StackResources", (resources ?? stack.Stack.Resources).Take(PageSize).Select(stack.Describe));

    private static StackResource Resource(QueryCall call, RunningStack stack)
    {
        var id = Required(call, "LogicalResourceId");
        return stack.Stack.Resources.FirstOrDefault(resource => resource.LogicalId == id)
            ?? throw new ServiceError("ValidationError", $"Resource {id} does not exist for stack {stack.Stack.Name}");
    }

    private static IEnumerable<XElement> Template(QueryCall call, RunningStack stack)
    {
        if (call.Field("ChangeSetName") is not null)
        {
            throw new ServiceError("ChangeSetNotFound", "The stack has no change sets.", 404);
        }

        return
        [
            new XElement("TemplateBody", stack.Template.ToJsonString(JsonText.Plain)),
            new XElement("StagesAvailable", new XElement("member", "Original"), new XElement("member", "Processed")),
        ];
    }

    private static IEnumerable<XElement> Page(QueryCall call, string name, IEnumerable<XElement> items)
    {
        var token = call.Field("NextToken") ?? "0";
        if (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            throw new ServiceError("ValidationError", "NextToken is not valid");
        var rest = items.Skip(start).ToList();
        yield return new XElement(name, rest.Take(PageSize));
        if (rest.Count > PageSize) yield return new XElement("NextToken", start + PageSize);
    }

    private Operation OnStack(QueryCall call, Func<RunningStack, IEnumerable<XElement>> execute)
    {
        var stack = Find(Required(call, "StackName"));
        return call.Answer([Access(call)], _ => Task.FromResult(execute(stack)));
    }

    private RunningStack Find(string name) => _running is { } stack && (name == stack.Stack.Name || name == stack.Id)
        ? stack : throw new ServiceError("ValidationError", $"Stack with id {name} does not exist");

    private AccessRequest Access(QueryCall call)
    {
        var name = call.Field("StackName");
        var resource = name?.StartsWith("arn:", StringComparison.Ordinal) == true
            ? name : _account.Arn("cloudformation", $"stack/{name ?? "*"}/*");
        return new AccessRequest($"cloudformation:{call.Name}", resource);
    }

    private static string Required(QueryCall call, string name) => call.Field(name) ?? throw new ServiceError(
        "ValidationError",
        $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy " +
        "constraint: Member must not be null");

    private static Task<IEnumerable<XElement>> Answer(params XElement[] elements) =>
        Task.FromResult<IEnumerable<XElement>>(elements);
}
