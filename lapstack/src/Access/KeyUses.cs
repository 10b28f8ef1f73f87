using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Access;

/// <summary>
/// What a call takes of the key that encrypts its resource. The resource's service asks KMS for it in the caller's
/// name. https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html
/// </summary>
internal sealed class KeyUses
{
    private static readonly string[] ToRead = ["kms:Decrypt"];

    /// <summary>A data key is made, and opened to see that it is whole.</summary>
    private static readonly string[] ToSend = ["kms:GenerateDataKey", "kms:Decrypt"];

    private static readonly Dictionary<string, string[]> Actions = new(StringComparer.Ordinal)
    {
        ["sns:Publish"] = ToSend,
        ["sqs:SendMessage"] = ToSend,
        ["sqs:ReceiveMessage"] = ToRead,
        ["s3:PutObject"] = ["kms:GenerateDataKey"],
        ["s3:GetObject"] = ToRead,
        ["s3:GetObjectVersion"] = ToRead,
        ["dynamodb:GetItem"] = ToRead,
        ["dynamodb:BatchGetItem"] = ToRead,
        ["dynamodb:Query"] = ToRead,
        ["dynamodb:Scan"] = ToRead,
        ["dynamodb:PutItem"] = ToRead,
        ["dynamodb:UpdateItem"] = ToRead,
        ["dynamodb:DeleteItem"] = ToRead,
        ["dynamodb:BatchWriteItem"] = ToRead,
        ["dynamodb:ConditionCheckItem"] = ToRead,
    };

    private readonly Account _account;

    /// <summary>Keys by what they encrypt, with the context in which they do.</summary>
    private readonly Dictionary<string, (string Key, string ContextKey, string ContextValue)> _keys =
        new(StringComparer.Ordinal);

    public KeyUses(Stack stack, Account account)
    {
        _account = account;
        var names = new KeyNames(stack, account);
        void Add(string arn, string? key, string contextKey, string contextValue)
        {
            if (key is not null) _keys[arn] = (names.ArnOf(key), contextKey, contextValue);
        }

        foreach (var topic in stack.OfType("AWS::SNS::Topic"))
            Add(topic.Ref, topic.Text("KmsMasterKeyId"), "aws:sns:topicArn", topic.Ref);
        foreach (var queue in stack.OfType("AWS::SQS::Queue"))
        {
            var arn = queue.Attribute("Arn");
            Add(arn, queue.Text("KmsMasterKeyId"), "aws:sqs:arn", arn);
        }

        foreach (var bucket in stack.OfType("AWS::S3::Bucket"))
        {
            var arn = bucket.Attribute("Arn");
            Add(arn, KeyOfBucket(bucket), "aws:s3:arn", arn);
        }

        foreach (var table in stack.OfType("AWS::DynamoDB::Table"))
            Add(table.Attribute("Arn"), KeyOfTable(table), "aws:dynamodb:tableName", table.Ref);
    }

    /// <summary>What must be allowed besides the request itself; nothing where no key is named.</summary>
    public IEnumerable<AccessRequest> Of(Caller caller, AccessRequest request)
    {
        if (!Actions.TryGetValue(request.Action, out var actions)) yield break;
        var (key, contextKey, contextValue) = _keys.GetValueOrDefault(Whole(request.Resource));
        if (key is null) yield break;
        var context = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
        {
            [$"kms:EncryptionContext:{contextKey}"] = [contextValue],
            ["kms:EncryptionContextKeys"] = [contextKey],
        };
        if (request.Context.GetValueOrDefault("aws:SourceArn") is { } source) context["aws:SourceArn"] = source;
        if (!caller.IsService)
        {
            var service = request.Action.Split(':')[0];
            context["kms:ViaService"] = [$"{service}.{_account.Region}.amazonaws.com"];
            context["kms:CallerAccount"] = [caller.AccountId];
        }

        foreach (var action in actions) yield return new AccessRequest(action, key, context);
    }

    /// <summary>The bucket of an object, the table of an index.</summary>
    private static string Whole(string arn) => arn.Split(':')[2] switch
    {
        "s3" => arn.Split('/')[0],
        "dynamodb" => string.Join('/', arn.Split('/').Take(2)),
        _ => arn,
    };

    // Without a key's name AWS's own key is used, which every caller with a right to the bucket or table may use.
    private static string? KeyOfBucket(StackResource bucket) =>
        (bucket.Properties["BucketEncryption"]?["ServerSideEncryptionConfiguration"] as JsonArray)?
            .Select(rule => rule?["ServerSideEncryptionByDefault"]?["KMSMasterKeyID"]?.ToString())
            .FirstOrDefault();

    private static string? KeyOfTable(StackResource table) =>
        table.Properties["SSESpecification"]?["KMSMasterKeyId"]?.ToString();
}
