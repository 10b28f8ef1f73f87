using Lapstack.Template;

namespace Lapstack.Services.Lambda;

/// <summary>AWS::Lambda::EventInvokeConfig.</summary>
internal sealed class EventInvokeConfigType(FunctionStore functions) : IResourceType
{
    public string Type => "AWS::Lambda::EventInvokeConfig";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        foreach (var outcome in new[] { "OnFailure", "OnSuccess" })
        {
            var destination = declaration.Properties["DestinationConfig"]?[outcome]?["Destination"]?.GetValue<string>();
            if (destination is not null && destination.Split(':').ElementAtOrDefault(2) is not ("sqs" or "sns"))
                throw new TemplateException(
                    $"{declaration.LogicalId} sends {outcome} to {destination}. The local emulator knows standard " +
                    "queues and topics as destinations.");
        }
        return new ResourceIdentity(PhysicalName.For(declaration.StackName, declaration.LogicalId, 100));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var defaults = new EventInvokeSettings();
        var destinations = resource.Properties["DestinationConfig"];
        functions.InvokeSettings[resource.Text("FunctionName")!.Split(':')[^1]] = defaults with
        {
            MaximumRetryAttempts = resource.Number("MaximumRetryAttempts") ?? defaults.MaximumRetryAttempts,
            MaximumEventAge = resource.Number("MaximumEventAgeInSeconds") is { } age
                ? TimeSpan.FromSeconds(age)
                : defaults.MaximumEventAge,
            OnFailureArn = destinations?["OnFailure"]?["Destination"]?.GetValue<string>(),
            OnSuccessArn = destinations?["OnSuccess"]?["Destination"]?.GetValue<string>(),
        };
        return Task.CompletedTask;
    }
}
