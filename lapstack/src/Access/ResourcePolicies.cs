using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Access;

/// <summary>
/// The policies a stack puts on buckets, queues, topics, functions, event buses, secrets, tables and file systems.
/// </summary>
internal static class ResourcePolicies
{
    public static IEnumerable<(string Arn, Policy Policy)> Of(Stack stack, Account account)
    {
        foreach (var policy in stack.OfType("AWS::S3::BucketPolicy"))
        {
            yield return ($"arn:aws:s3:::{policy.Text("Bucket")}", Parse(policy));
        }

        // A queue policy names queues by URL, whose last part is the name.
        foreach (var policy in stack.OfType("AWS::SQS::QueuePolicy"))
            foreach (var url in Texts(policy, "Queues"))
            {
                yield return (account.Arn("sqs", url[(url.LastIndexOf('/') + 1)..]), Parse(policy));
            }

        foreach (var policy in stack.OfType("AWS::SNS::TopicPolicy"))
            foreach (var arn in Texts(policy, "Topics")) yield return (arn, Parse(policy));
        foreach (var permission in stack.OfType("AWS::Lambda::Permission"))
        {
            yield return Permission(permission, account);
        }

        foreach (var policy in stack.OfType("AWS::Events::EventBusPolicy")) yield return OfBus(policy, account);
        foreach (var policy in stack.OfType("AWS::SecretsManager::ResourcePolicy"))
        {
            var document = policy.Properties["ResourcePolicy"]!;
            yield return (policy.Text("SecretId")!, Parse(policy, document));
        }

        foreach (var table in stack.OfType("AWS::DynamoDB::Table"))
            if (table.Properties["ResourcePolicy"]?["PolicyDocument"] is { } document)
                yield return (table.Attribute("Arn"), Parse(table, document));
        foreach (var fileSystem in stack.OfType("AWS::EFS::FileSystem"))
            if (fileSystem.Properties["FileSystemPolicy"] is { } document)
                yield return (fileSystem.Attribute("Arn"), Parse(fileSystem, document));
    }

    /// <summary>A bus keeps one statement of each policy.</summary>
    private static (string Arn, Policy Policy) OfBus(StackResource policy, Account account)
    {
        var statement = policy.Properties["Statement"]?.DeepClone() ?? throw new TemplateException(
            $"{policy.LogicalId}: a policy of an event bus needs a Statement here.");
        var bus = policy.Text("EventBusName") ?? "default";
        return (account.Arn("events", $"event-bus/{bus}"), Wrap(policy, statement));
    }

    private static Policy Parse(StackResource policy) => Parse(policy, policy.Properties["PolicyDocument"]!);

    private static Policy Parse(StackResource resource, JsonNode document) =>
        PolicyBook.Parse(PolicyKind.Resource, resource.LogicalId, document, resource.LogicalId);

    private static IEnumerable<string> Texts(StackResource resource, string property) =>
        (resource.Properties[property] as JsonArray ?? []).Select(i => (string)i!);

    private static (string Arn, Policy Policy) Permission(StackResource permission, Account account)
    {
        var (arn, statement) = StatementOf(permission, account);
        return (arn, Wrap(permission, statement));
    }

    private static Policy Wrap(StackResource resource, JsonNode statement)
    {
        var document = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statement };
        return Parse(resource, document);
    }

    /// <summary>Lambda keeps permissions as statements of the function's policy.</summary>
    public static (string FunctionArn, JsonObject Statement) StatementOf(StackResource permission, Account account)
    {
        var function = permission.Text("FunctionName") ?? "";
        var arn = function.StartsWith("arn:", StringComparison.Ordinal)
            ? function
            : account.Arn("lambda", $"function:{function}");
        var principal = permission.Text("Principal") ?? "";
        var statement = new JsonObject
        {
            ["Sid"] = permission.LogicalId,
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject
            {
                [principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? "Service" : "AWS"] = principal,
            },
            ["Action"] = permission.Text("Action"),
            ["Resource"] = arn,
        };
        var conditions = new JsonObject();
        if (permission.Text("SourceArn") is { } source)
        {
            conditions["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = source };
        }

        if (permission.Text("SourceAccount") is { } owner)
        {
            conditions["StringEquals"] = new JsonObject { ["AWS:SourceAccount"] = owner };
        }

        if (conditions.Count > 0) statement["Condition"] = conditions;
        return (arn, statement);
    }
}
