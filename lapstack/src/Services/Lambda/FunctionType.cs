using Lapstack.Access;
using Lapstack.Template;
using Lapstack.Wire;

namespace Lapstack.Services.Lambda;

/// <summary>
/// AWS::Lambda::Function: a folder asset, run by the managed .NET runtime or as a custom runtime's bootstrap.
/// </summary>
internal sealed class FunctionType(FunctionStore functions, CloudAssembly assembly, IAuthorizer authorizer)
    : IResourceType
{
    public string Type => "AWS::Lambda::Function";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        Check(declaration);
        var name = declaration.NameOr("FunctionName");
        return new ResourceIdentity(name, ("Arn", declaration.Account.Arn("lambda", $"function:{name}")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var function = FunctionConfiguration.From(resource, assembly);
        try
        {
            _ = function.AssumeRole(authorizer);
        }
        catch (ServiceError refused)
        {
            throw new TemplateException($"{resource.LogicalId} ({Type}): {refused.Message} Role: {function.RoleArn}");
        }

        functions.Add(function);
        return Task.CompletedTask;
    }

    private static void Check(ResourceDeclaration function)
    {
        var runtime = function.Text("Runtime");
        if (runtime is not ("dotnet8" or "dotnet10")
            && runtime?.StartsWith("provided", StringComparison.Ordinal) != true)
            throw new TemplateException(
                $"Function {function.LogicalId} has runtime '{runtime ?? "none (an image)"}'. The local emulator " +
                "runs dotnet8, dotnet10 and provided.* from folder assets.");

        if (function.Text("Handler") is not { Length: > 0 } handler)
            throw new TemplateException($"Function {function.LogicalId} has no Handler.");
        if (handler.Contains("::", StringComparison.Ordinal))
            throw new TemplateException(
                $"Function {function.LogicalId} has the class-library handler '{handler}'. The local emulator runs " +
                "executable assemblies: "
                + "set OutputType Exe and give the assembly's name as Handler.");
    }
}
