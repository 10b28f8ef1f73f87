using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.CloudFormation;

/// <summary>CloudFormation on the wire (Query, XML), for who looks up the running stack and its outputs.</summary>
internal sealed class CloudFormationService : QueryService
{
    /// <summary>CloudFormation gives each stack an id of its own; here a stack is the only one of its name, ever.</summary>
    private const string StackUuid = "00000000-0000-0000-0000-000000000000";

    private readonly Account _account;
    private readonly JsonObject _template;
    private readonly DateTimeOffset _createdAt;

    public CloudFormationService(Account account, CloudAssembly assembly, TimeProvider clock)
        : base("cloudformation", "http://cloudformation.amazonaws.com/doc/2010-05-15/")
    {
        (_account, _template, _createdAt) = (account, assembly.Template, clock.GetUtcNow());
        Add("DescribeStacks", ReadDescribeStacks);
    }

    /// <summary>Set once its resources exist; null before.</summary>
    public Stack? Running { get; set; }

    private Operation ReadDescribeStacks(QueryCall call)
    {
        var name = call.Field("StackName");
        if (name is not null && Running is { } stack && name != stack.Name && name != ArnOf(stack)) throw DoesNotExist(name);
        var resource = name?.StartsWith("arn:", StringComparison.Ordinal) == true ? name : _account.Arn("cloudformation", $"stack/{name ?? "*"}/*");
        return call.Answer([new AccessRequest("cloudformation:DescribeStacks", resource)], _ => Task.FromResult<IEnumerable<XElement>>(
            [new XElement("Stacks", Running is null ? [] : new[] { Describe(Running) })]));
    }

    private XElement Describe(Stack stack) => new(
        "member",
        new XElement("StackId", ArnOf(stack)),
        new XElement("StackName", stack.Name),
        _template["Description"] is { } description ? new XElement("Description", (string)description!) : null,
        new XElement("CreationTime", IsoTime.Milliseconds(_createdAt)),
        new XElement("StackStatus", "CREATE_COMPLETE"),
        new XElement("DisableRollback", "false"),
        new XElement("Outputs", stack.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal).Select(output => new XElement(
            "member",
            new XElement("OutputKey", output.Key),
            new XElement("OutputValue", output.Value),
            _template["Outputs"]?[output.Key]?["Description"] is { } meaning ? new XElement("Description", (string)meaning!) : null))));

    private string ArnOf(Stack stack) => _account.Arn("cloudformation", $"stack/{stack.Name}/{StackUuid}");

    private static ServiceError DoesNotExist(string name) => new("ValidationError", $"Stack with id {name} does not exist");
}
