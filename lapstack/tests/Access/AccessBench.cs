using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Tests.Access;

/// <summary>The policies of one template, and what they say to calls that nothing executes.</summary>
internal sealed class AccessBench
{
    public const string Key = "arn:aws:kms:us-east-1:000000000000:key/k";

    /// <summary>What is there in every template; a test adds to it, or replaces it.</summary>
    private const string Common = """
        {
          "Worker": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "worker", "AssumeRolePolicyDocument": {} },
            "Metadata": { "aws:cdk:path": "App/Worker/Role/Resource" } },
          "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts" }, "Metadata": { "aws:cdk:path": "App/Alerts/Resource" } },
          "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" }, "Metadata": { "aws:cdk:path": "App/Inbox/Resource" } },
          "Bucket": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "uploads" }, "Metadata": { "aws:cdk:path": "App/Uploads/Resource" } },
          "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "runs" }, "Metadata": { "aws:cdk:path": "App/Runs/Resource" } },
          "Group": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "jobs" }, "Metadata": { "aws:cdk:path": "App/Log/Resource" } },
          "Function": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "tick" }, "Metadata": { "aws:cdk:path": "App/Tick/Resource" } },
          "Secret": { "Type": "AWS::SecretsManager::Secret", "Properties": { "Name": "token" }, "Metadata": { "aws:cdk:path": "App/Token/Resource" } },
          "Parameter": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "limit" }, "Metadata": { "aws:cdk:path": "App/Limit/Resource" } },
          "Bus": { "Type": "AWS::Events::EventBus", "Properties": { "Name": "orders" }, "Metadata": { "aws:cdk:path": "App/Orders/Resource" } },
          "Key": { "Type": "AWS::KMS::Key", "Properties": {}, "Metadata": { "aws:cdk:path": "App/Key/Resource" } }
        }
        """;

    private static readonly Account Account = new("000000000000", "us-east-1");

    private readonly Activity _activity;
    private readonly List<string> _reports = [];

    /// <param name="resources">JSON of more resources; one of the same name takes the place of the common one.</param>
    public AccessBench(string resources = "{}")
    {
        var template = JsonNode.Parse(Common)!.AsObject();
        foreach (var (id, declared) in JsonNode.Parse(resources)!.AsObject()) template[id] = declared!.DeepClone();
        var stack = new StackResolver(Account, Types()).Resolve("test", new JsonObject { ["Resources"] = template });
        Assert.Empty(stack.LeftOut);
        _activity = new Activity(TimeProvider.System, entry => _reports.Add(entry.Message));
        Authorizer = new Authorizer(Account, TimeProvider.System, _activity) { Book = new PolicyBook(stack, Account) };
    }

    public Authorizer Authorizer { get; }

    /// <summary>What who watches was told.</summary>
    public IReadOnlyList<string> Reports => _reports;

    /// <param name="caller">A service's name, or the name of a role.</param>
    /// <param name="source">aws:SourceArn; null for none.</param>
    /// <returns>AWS's sentence; null when it is allowed.</returns>
    public string? Ask(string caller, string action, string resource, string? source = null)
    {
        var by = caller.EndsWith(".amazonaws.com", StringComparison.Ordinal)
            ? Caller.Service(caller, Account.Id)
            : Caller.Session($"arn:aws:iam::{Account.Id}:role/{caller}", "s");
        Dictionary<string, string[]> context = source is null ? [] : new() { ["aws:SourceArn"] = [source] };
        return Authorizer.Refusal(by, new AccessRequest(action, resource, context))?.Sentence;
    }

    private static IEnumerable<IResourceType> Types() =>
    [
        Named("AWS::SNS::Topic", "TopicName", "sns", "", isRef: true),
        Named("AWS::SQS::Queue", "QueueName", "sqs", ""),
        new PassiveType("AWS::S3::Bucket", d =>
            new(d.Text("BucketName")!, ("Arn", $"arn:aws:s3:::{d.Text("BucketName")}"))),
        Named("AWS::DynamoDB::Table", "TableName", "dynamodb", "table/"),
        Named("AWS::Logs::LogGroup", "LogGroupName", "logs", "log-group:", end: ":*"),
        Named("AWS::Lambda::Function", "FunctionName", "lambda", "function:"),
        Named("AWS::SecretsManager::Secret", "Name", "secretsmanager", "secret:", isRef: true),
        Named("AWS::SSM::Parameter", "Name", "ssm", "parameter/"),
        Named("AWS::Events::EventBus", "Name", "events", "event-bus/"),
        new PassiveType("AWS::Lambda::Permission", d => new(d.LogicalId)),
        new PassiveType("AWS::KMS::Key", _ => new("k", ("Arn", Key))),
    ];

    private static PassiveType Named(
        string type, string name, string service, string before, string end = "", bool isRef = false) => new(type, d =>
    {
        var arn = Account.Arn(service, before + d.Text(name) + end);
        return new(isRef ? arn : d.Text(name)!, ("Arn", arn));
    });
}
