using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.Logs;

/// <summary>AWS::Logs::LogGroup. A key of the stack must let CloudWatch Logs use it, as at AWS.</summary>
internal sealed class LogGroupType(LogStore store, IAuthorizer authorizer, Account account) : IResourceType
{
    public string Type => "AWS::Logs::LogGroup";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("LogGroupName", 512);
        return new ResourceIdentity(name, ("Arn", declaration.Account.Arn("logs", $"log-group:{name}:*")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        CheckKey(resource, stack);
        store.Ensure(resource.Ref, resource.Number("RetentionInDays"));
        return Task.CompletedTask;
    }

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html</summary>
    private void CheckKey(StackResource group, Stack stack)
    {
        if (group.Text("KmsKeyId") is not { } key) return;
        if (!stack.OfType("AWS::KMS::Key").Any(known => known.Attribute("Arn") == key)) return;
        var arn = account.Arn("logs", $"log-group:{group.Ref}");
        var service = Caller.Service($"logs.{account.Region}.amazonaws.com", account.Id);
        var context = new Dictionary<string, string[]> { ["kms:EncryptionContext:aws:logs:arn"] = [arn] };
        if (new[] { "kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey" }
            .All(action => authorizer.Refusal(service, new AccessRequest(action, key, context)) is null))
        {
            return;
        }

        throw new TemplateException(
            $"{group.LogicalId} ({Type}): The specified KMS Key Id could not be found or the log group {arn} is not " +
            $"allowed to use it: {key}");
    }
}
