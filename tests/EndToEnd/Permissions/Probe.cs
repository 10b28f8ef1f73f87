using System.Collections;
using System.Reflection;

namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>Calls what a role can come to call, and tells whether AWS would have let it.</summary>
internal sealed class Probe(PermissionStack stack, string role, Samples samples)
{
    /// <summary>Each is called twice: the second call meets what the first has left, and goes on from there.</summary>
    private const int Times = 2;

    private readonly List<string> _silent = [];

    /// <summary>Calls every member of the type.</summary>
    /// <param name="target">For each member, so that none answers from what another has remembered.</param>
    /// <param name="fill">What takes the place of type parameters.</param>
    public async Task CallAllAsync(Type type, Func<object> target, params Type[] fill)
    {
        foreach (var member in type.GetMethods().Where(method => !method.IsStatic && IsCall(method)))
        {
            await CallAsync(Closed(member, fill), target());
        }
    }

    public async Task CallAsync(MethodInfo member, object target, params object?[] given)
    {
        var before = Seen();
        for (var i = 0; i < Times; i++) await TryAsync(
            member, target, given.Length > 0 ? given : [.. member.GetParameters().Select(samples.Of)]);
        if (Seen() == before) _silent.Add($"{member.DeclaringType!.Name}.{member.Name}({_last})");
    }

    /// <summary>Every call was made, and every call was allowed.</summary>
    public void Verify()
    {
        var refusals = stack.RefusalsTo(role);
        Assert.True(refusals.Count == 0, string.Join('\n', refusals));
        Assert.True(_silent.Count == 0, $"Without a call, so that nothing was tried:\n{string.Join('\n', _silent)}");
        Assert.NotEqual(0, stack.CallsOf(role));
    }

    private string? _last;

    private int Seen() => stack.CallsOf(role) + stack.RefusalsTo(role).Count;

    /// <summary>What ends at once makes no call.</summary>
    private static bool IsCall(MethodInfo method) =>
        typeof(Task).IsAssignableFrom(method.ReturnType)
            || method.ReturnType.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal);

    private static MethodInfo Closed(MethodInfo method, Type[] fill) =>
        method.IsGenericMethodDefinition
            ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(parameter => Filling(parameter, fill))])
                : method;

    private static Type Filling(Type parameter, Type[] fill) =>
        parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? fill[0]
            : typeof(int);

    /// <summary>
    /// What comes of a call does not matter here: a sample is there, or not. What was refused is noted where it was.
    /// </summary>
    private async Task TryAsync(MethodInfo member, object target, object?[] arguments)
    {
        try
        {
            _last = null;
            var answer = member.Invoke(target, arguments);
            if (answer is Task task) await task;
            else await EnumerateAsync(answer!);
        }
        catch (Exception e)
        {
            _last = (e as TargetInvocationException)?.InnerException?.ToString() ?? e.ToString();
        }
    }

    private static async Task EnumerateAsync(object items)
    {
        var item = items.GetType().GetInterfaces()
            .Single(it => it.IsGenericType && it.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
                .GetGenericArguments()[0];
        await (Task)typeof(Probe)
            .GetMethod(nameof(DrainAsync), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(item)
                .Invoke(null, [items])!;
    }

    private static async Task DrainAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items)
        {
            // To the end.
        }
    }
}
