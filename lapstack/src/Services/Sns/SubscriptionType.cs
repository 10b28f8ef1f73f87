using Lapstack.Template;

namespace Lapstack.Services.Sns;

/// <summary>AWS::SNS::Subscription. An e-mail address is taken as confirmed.</summary>
internal sealed class SubscriptionType(TopicStore topics) : IResourceType
{
    public string Type => "AWS::SNS::Subscription";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var arn = SubscriptionReader.Read(
            declaration.LogicalId, declaration.Text("TopicArn") ?? "", declaration.Properties).Arn;
        return new ResourceIdentity(arn, ("Arn", arn));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        topics.Add(SubscriptionReader.Read(resource.LogicalId, resource.Text("TopicArn") ?? "", resource.Properties));
        return Task.CompletedTask;
    }
}
