using System.Text;

namespace RoutingGrid.Engine.Generator;

/// <summary>Writes the request class of one method: its arguments, and how to call it.</summary>
internal static class RequestEmitter
{
    private const string Engine = "global::RoutingGrid.Engine.CodeGeneration.";

    public static void Emit(StringBuilder source, MethodShape call, string interfaceName)
    {
        string target = call.Method.ContainingType.Code();
        string baseType = call.Result is null ? Engine + "GrainVoidRequest" : $"{Engine}GrainRequest<{call.Result}>";
        source.Append("\n    internal sealed class ").Append(call.RequestName).Append(" : ").Append(baseType).Append("\n    {\n");
        source.Append("        private static readonly ").Append(Engine).Append("MethodDescriptor s_method = new(typeof(").Append(target).Append("), \"").Append(interfaceName)
            .Append("\", \"").Append(call.Method.Name).Append("\", new global::System.Type[] { ")
            .Append(string.Join(", ", call.Parameters.Select(parameter => $"typeof({parameter.Type})"))).Append(" }, ").Append(call.Options).Append(", ")
            .Append(call.Timeout is null ? "null" : "\"" + call.Timeout + "\"").Append(");\n\n");
        foreach (ParameterShape parameter in call.Parameters)
        {
            source.Append("        public ").Append(parameter.Type).Append(' ').Append(parameter.Field).Append(";\n");
        }

        source.Append("\n        public override ").Append(Engine).Append("MethodDescriptor Method => s_method;\n");
        EmitInvoke(source, call, target);
        EmitArguments(source, call);
        if (call.CopiesResult)
        {
            source.Append("\n        protected override ").Append(call.Result).Append(" CopyResult(").Append(call.Result).Append(" result) => ")
                .Append(Engine).Append("Copiers.Copy(result);\n");
        }

        EmitRecycle(source, call);
        source.Append("    }\n");
    }

    private static void EmitInvoke(StringBuilder source, MethodShape call, string target)
    {
        string invocation = $"((global::{target.Substring("global::".Length)})target).{call.Method.Name}({string.Join(", ", call.Parameters.Select(parameter => parameter.Field))})";
        source.Append("\n        public override void Invoke(object target)");
        source.Append(call.Kind == ReturnKind.Void
            ? $"\n        {{\n            {invocation};\n            Done();\n        }}\n"
            : $" => Await({invocation});\n");
    }

    private static void EmitArguments(StringBuilder source, MethodShape call)
    {
        source.Append("\n        public override int GetArgumentCount() => ").Append(call.Parameters.Length).Append(";\n");
        source.Append("\n        public override object GetArgument(int index) => index switch\n        {\n");
        for (int i = 0; i < call.Parameters.Length; i++)
        {
            source.Append("            ").Append(i).Append(" => ").Append(call.Parameters[i].Field).Append(",\n");
        }

        source.Append("            _ => throw new global::System.ArgumentOutOfRangeException(nameof(index)),\n        };\n");
        source.Append("\n        public override void SetArgument(int index, object value)\n        {\n            switch (index)\n            {\n");
        for (int i = 0; i < call.Parameters.Length; i++)
        {
            source.Append("                case ").Append(i).Append(": ").Append(call.Parameters[i].Field).Append(" = (").Append(call.Parameters[i].Type).Append(")value; break;\n");
        }

        source.Append("                default: throw new global::System.ArgumentOutOfRangeException(nameof(index));\n            }\n        }\n");
        if (call.Parameters.FirstOrDefault(parameter => parameter.IsToken) is { } token)
        {
            source.Append("\n        public override global::System.Threading.CancellationToken GetCancellationToken() => ").Append(token.Field).Append(";\n");
            source.Append("\n        public override void SetCancellationToken(global::System.Threading.CancellationToken token) => ").Append(token.Field).Append(" = token;\n");
        }
    }

    private static void EmitRecycle(StringBuilder source, MethodShape call)
    {
        source.Append("\n        protected override void Recycle()\n        {\n");
        foreach (ParameterShape parameter in call.Parameters)
        {
            source.Append("            ").Append(parameter.Field).Append(" = default;\n");
        }

        source.Append("            ").Append(Engine).Append("RequestCache<").Append(call.RequestName).Append(">.Return(this);\n        }\n");
    }
}
