using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>
/// AWS::SecretsManager::Secret. A value is generated once, and again when its rules change.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
/// </summary>
internal sealed class SecretType(SecretGifts gifts, Ids ids) : IResourceType
{
    private const string Fixed = "SecretString";
    private const string Generated = "GenerateSecretString";

    public string Type => "AWS::SecretsManager::Secret";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        if (declaration.Properties.ContainsKey(Fixed) && declaration.Properties.ContainsKey(Generated))
            throw new TemplateException(
                $"{declaration.LogicalId} ({Type}): {Fixed} and {Generated} exclude each other.");
        // The CDK finds the name in the ARN by its dashes: CloudFormation's own has one.
        var name = declaration.Text("Name")
            ?? $"{declaration.LogicalId}-{PhysicalName.For(declaration.StackName, declaration.LogicalId, 64)[^12..]}";
        var arn = SecretArn.Derived(declaration.Account, name);
        return new ResourceIdentity(arn, ("Id", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var (name, properties) = (SecretArn.NameIn(resource.Ref), resource.Properties);
        var declared = properties[Fixed] ?? properties[Generated];
        try
        {
            gifts.Give(name, declared?.ToJsonString(), () => Value(properties), old => old with
            {
                Description = resource.Text("Description"),
                KmsKeyId = resource.Text("KmsKeyId"),
                Tags = SecretRequest.Tags(properties),
            });
        }
        catch (ServiceError refused)
        {
            throw new TemplateException($"{resource.LogicalId} ({Type}): {refused.Message}");
        }

        return Task.CompletedTask;
    }

    private string? Value(JsonObject properties) =>
        properties[Fixed]?.ToString()
            ?? (properties[Generated] is JsonObject rules ? SecretPassword.Secret(rules, ids) : null);
}
