namespace Lapstack.Delivery;

/// <summary>Why a target did not get what was sent, where trying again cannot help.</summary>
/// <param name="Code">EventBridge's word for it: NO_PERMISSIONS or NO_RESOURCE.</param>
internal sealed record DeliveryRefusal(string Code, string Message)
{
    public static DeliveryRefusal NoPermissions(string message) => new("NO_PERMISSIONS", message);

    public static DeliveryRefusal NoResource(string arn) =>
        new("NO_RESOURCE", $"The target {arn} does not exist in this stack.");
}
