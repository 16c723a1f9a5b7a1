const cpu=()=>{const c=process.cpuUsage();return (c.user+c.system)/1000}
import { HistoryBuilder, paperOf, resident, HEADER } from './oracle/history-builder.ts'
import { judge } from '../oracle/index.ts'
import { indexHistory } from '../oracle/index.ts'
import { CHECKERS } from '../oracle/index.ts'
import { HistoryLines, readHistory } from '../contract/history-file.ts'
const N=Number(process.argv[2]??10000)
const people:any[]=[]
for(let n=0;n<Math.min(N,5000);n++){ people.push(resident('h'+n,{name:'山田　花'+n,household:'hh'+n}),resident('t'+n,{name:'山田　太'+n,household:'hh'+n,relation:'夫',sex:'male'})) }
const b=new HistoryBuilder(people)
for(let n=0;n<N;n++){ const k=n%5000; b.at(10); if(n%500===0) b.link([people[0]]); b.session({application:'a-'+n,kiosk:'shop-'+n%50,applicant:people[2*k],paper:paperOf([people[2*k],people[2*k+1]])}) }
const h=b.history(); const E=h.events.length; console.log('events',E)
const lines=new HistoryLines(); const text=[lines.header(h.header),...h.events.map(e=>lines.event(e)),lines.footer({complete:true})].join('\n')+'\n'
for(let r=0;r<4;r++){
 let t=cpu(); const j=judge(h); let d=cpu()-t; console.log('judge',j.verdict,d.toFixed(0),'ms',(E/d*1000).toFixed(0),'ev/s', j.violations[0]??'', j.unknowns[0]??'')
 t=cpu(); const ls=text.split('\n'); for(const l of ls) if(l) JSON.parse(l); const p=cpu()-t
 t=cpu(); const rd=readHistory(text); const q=cpu()-t; console.log('parse',p.toFixed(0),'read',q.toFixed(0), 'read/parse',(q/p).toFixed(2),'(read+judge)/parse',((q+d)/p).toFixed(2), rd.problems.length)
 t=cpu(); const ix=indexHistory(h); console.log(' index',(cpu()-t).toFixed(0)); for(const c of CHECKERS){t=cpu(); for(const _ of c.check(ix)); console.log('  ',c.name,(cpu()-t).toFixed(0))}
}
